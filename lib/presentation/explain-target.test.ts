import { expect, test } from 'vitest'
import { parseTarget, serializeTarget } from './explain-target'

test.each([
  { kind: 'unallocated' as const },
  { kind: 'element' as const, element: 'unallocated' },
  { kind: 'element' as const, element: 'a:b / ?&' },
])('%o survives the URL', (target) => {
  expect(parseTarget(serializeTarget(target))).toEqual(target)
})

test('anything else is nothing', () => {
  expect(parseTarget(null)).toBeNull()
  expect(parseTarget('Email')).toBeNull()
})
