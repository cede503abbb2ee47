import { expect, test } from 'vitest'
import { safeNext } from './safe-next'

test.each([
  [null, '/'],
  ['', '/'],
  ['/streams?tab=send#x', '/streams?tab=send#x'],
  ['//evil.example/', '/'],
  ['/\\evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['https://evil.example', '/'],
  ['javascript:alert(1)', '/'],
  ['streams', '/'],
])('%s → %s', (next, path) => {
  expect(safeNext(next)).toBe(path)
})
