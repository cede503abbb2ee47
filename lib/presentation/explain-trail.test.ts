import { expect, test } from 'vitest'
import { readTrail, stepTitle, writeStep } from './explain-trail'

const STEP = {
  ...{
    dimension: 'Split "a"',
    dimension_id: 'Split',
    element: 'Zoë & co' as string | null,
    amount: '1',
    percent: '100',
  },
  ...{ from: '2024-09-03T00:00:00Z', to: '2024-09-04T00:00:00Z', query: '/x' },
}

test('steps survive the address', () => {
  const texts = [writeStep(STEP, { currency: 'USD' }), writeStep({ ...STEP, element: null }, { currency: null })]
  const [first, second] = readTrail(texts)
  expect(first).toEqual({
    ...{ dimensionId: 'Split', dimension: 'Split "a"', element: 'Zoë & co', currency: 'USD' },
    ...{ from: '2024-09-03T00:00:00Z', to: '2024-09-04T00:00:00Z' },
  })
  expect(second).toMatchObject({ element: null, currency: null })
  expect([first, second].map((step) => step && stepTitle(step))).toEqual([
    'Zoë & co in Split "a"',
    'Unallocated in Split "a"',
  ])
})

test('the way ends where someone edited it', () => {
  const text = writeStep(STEP, { currency: 'USD' })
  expect(readTrail([text, '{', text])).toHaveLength(1)
  expect(readTrail(['[1,2]'])).toEqual([])
})
