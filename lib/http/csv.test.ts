import { expect, test } from 'vitest'
import { wantsCsv } from './csv'

test.each([
  [undefined, 'text/csv', true],
  [undefined, 'text/csv;q=0.9, */*', true],
  [undefined, 'application/json', false],
  [undefined, null, false],
  ['csv', 'application/json', true],
  ['json', 'text/csv', false],
] as const)('format %s, Accept %s', (format, accept, expected) => expect(wantsCsv({ format, accept })).toBe(expected))
