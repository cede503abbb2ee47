import { expect, test } from 'vitest'
import type { ImportPreview } from '@/lib/contract/import-preview'
import { mapping } from '@/lib/contract/import-profiles'
import { previewTable } from './preview-table'
import { checkedWords, recognisedWords } from './recognised'

const rows: ImportPreview['rows'] = [
  {
    line: 2,
    values: {
      BilledCost: '1.50',
      BillingCurrency: 'USD',
      ChargePeriodStart: '2024-09-05T00:00:00Z',
      ServiceName: 'RDS',
      Tags: '{"team":"Data","env":"prod"}',
    },
  },
  { line: 4, values: { BillingCurrency: 'USD', ChargePeriodStart: '2024-09-05T13:00:00Z' } },
]

test('a mapped file: the columns that have values, bad cells by their own column', () => {
  const faults = [
    { line: 4, column: 'amount', value: 'x', reason: 'is not a decimal number' },
    { line: 9, column: 'Amount', value: 'y', reason: 'is not a decimal number' },
  ]
  const own = mapping.parse({ cost: 'Amount', period_start: 'Day', service: 'Product', tags: { json: 'Labels' } })
  const table = previewTable({ rows, faults, mapping: own })
  expect(table.heads.map(({ label }) => label)).toEqual(['Period', 'Until', 'Service', 'Cost', 'Currency', 'Tags'])
  expect(table.rows[0]).toEqual({
    line: 2,
    cells: ['2024-09-05', '', 'RDS', '1.50', 'USD', 'team: Data · env: prod'].map((text) => ({ text, reason: null })),
    problems: [],
  })
  expect(table.rows[1]?.cells[0]).toEqual({ text: '2024-09-05 13:00', reason: null })
  expect(table.rows[1]?.cells[3]).toEqual({ text: 'x', reason: 'is not a decimal number' })
  expect(table.rows[1]?.problems).toEqual(['amount “x” is not a decimal number'])
})

test('a known format: FOCUS’s own names, and what no shown column has', () => {
  const faults = [
    { line: 2, column: 'BilledCost', value: '', reason: 'is empty' },
    { line: 2, column: 'lineItem/UnblendedCost', value: '-', reason: 'is not a decimal number' },
    { line: 4, column: '', value: '', reason: 'the record has 2 cells, the header 7' },
  ]
  const table = previewTable({ rows, faults, mapping: null })
  expect(table.rows[0]?.cells[2]).toEqual({ text: '(empty)', reason: 'is empty' })
  expect(table.rows[0]?.problems).toEqual(['BilledCost is empty', 'lineItem/UnblendedCost “-” is not a decimal number'])
  expect(table.rows[1]?.problems).toEqual(['the record has 2 cells, the header 7'])
})

const preview: ImportPreview = {
  format: 'focus',
  version: '1.2',
  delimiter: ',',
  columns: [{ name: 'BilledCost', examples: [] }],
  mapping: null,
  suggested_mapping: null,
  profile: null,
  rows: [],
  rows_checked: 500,
  rows_rejected: 0,
  faults: [],
  warnings: [],
  error: null,
}

test.each([
  [preview, 'FOCUS 1.2, 1 column, separated by commas', 'The first 500 rows can be read.'],
  [
    { ...preview, format: 'mapping' as const, delimiter: '\t', rows_checked: 1 },
    'A CSV that a mapping explains, 1 column, separated by tabs',
    'The first row can be read.',
  ],
  [{ ...preview, format: null, rows_rejected: 3 }, null, '3 of the first 500 rows would be refused.'],
  [
    { ...preview, rows_checked: 2, rows_rejected: 2 },
    'FOCUS 1.2, 1 column, separated by commas',
    'The first 2 rows would be refused.',
  ],
  [
    { ...preview, rows_checked: 0 },
    'FOCUS 1.2, 1 column, separated by commas',
    'The first part of the file has no row.',
  ],
])('what a file was recognised as %#', (seen, words, checked) => {
  expect(recognisedWords(seen)).toBe(words)
  expect(checkedWords(seen)).toBe(checked)
})
