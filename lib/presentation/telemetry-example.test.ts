import { expect, test } from 'vitest'
import type { Catalogue } from '@/lib/contract/costs'
import { csvTemplate, curlLine, exampleRecords } from './telemetry-example'

const catalogue: Catalogue = {
  first_day: '2024-09-01',
  last_day: '2024-09-30',
  lines: 1000,
  currencies: ['USD'],
  keys: [
    {
      key: 'custom:Shared RDS',
      label: 'Shared RDS',
      kind: 'dimension',
      values: 1,
      examples: ['Not Shared', "Bob's, lake"],
    },
    { key: 'service', label: 'Service', kind: 'column', values: 2, examples: ['Amazon RDS'] },
  ],
}
const stream = { name: 'rds-writes', granularity: 'MONTHLY' as const, filter_keys: ['custom:Shared RDS', 'tag:x'] }

test('records have the stream’s granularity and keys, and values of the bill', () => {
  expect(exampleRecords(stream, catalogue)[0]).toEqual({
    timestamp: '2024-09-01T00:00:00Z',
    granularity: 'MONTHLY',
    filter: { 'custom:Shared RDS': ["Bob's, lake"], 'tag:x': ['value'] },
    element_name: 'Email',
    value: '100045',
  })
  expect(exampleRecords({ name: 'a', granularity: null, filter_keys: [] }, undefined)[0]?.granularity).toBe('DAILY')
})

test('a quote in a value does not end the shell’s string', () => {
  const line = curlLine({ origin: 'http://localhost:3000', stream, catalogue })
  expect(line).toContain("Bob'\\''s, lake")
  expect(line).toContain('http://localhost:3000/unit-cost/v1/telemetry/allocation/rds-writes/sum')
})

test('the template quotes what CSV needs quoted', () => {
  expect(csvTemplate(stream, catalogue).split('\n').slice(0, 2)).toEqual([
    'timestamp,granularity,element_name,value,custom:Shared RDS,tag:x',
    '2024-09-01T00:00:00Z,MONTHLY,Email,100045,"Bob\'s, lake",value',
  ])
})
