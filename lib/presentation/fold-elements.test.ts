import { describe, expect, it } from 'vitest'
import { foldElements } from './fold-elements'

const element = (name: string, now: string, after: string) => ({
  element: name,
  reason: null,
  now,
  after,
  difference: '0.000000000001',
  lines_now: 2,
  lines_after: 3,
})

describe('the elements of a preview', () => {
  it('are shown as they are where they are few', () => {
    const elements = ['a', 'b', 'c'].map((name) => element(name, '1', '2'))
    expect(foldElements({ dimension: { elements, others: null }, top: 2 })).toEqual({ listed: elements, rest: null })
  })

  it('become one row past the first, exact, together with those that were not sent', () => {
    const elements = ['a', 'b', 'c', 'd'].map((name) => element(name, '0.1', '-0.2'))
    const others = {
      elements: 7,
      now: '1000000000000.000000000001',
      after: '1',
      difference: '0',
      lines_now: 9,
      lines_after: 1,
    }
    const { listed, rest } = foldElements({ dimension: { elements, others }, top: 2 })
    expect(listed).toHaveLength(2)
    expect(rest).toEqual({
      elements: 9,
      now: '1000000000000.200000000001',
      after: '0.6',
      difference: '0.000000000002',
      lines_now: 13,
      lines_after: 7,
    })
  })
})
