import { describe, expect, it } from 'vitest'
import { elementName, movedWords, unmatchedWords } from './preview-words'
import { summaryWords } from './version-words'

const format = (amount: string) => `$${amount}`
const nothing = (lines_now: number, lines_after: number, difference: string) => ({
  elements: [
    {
      element: null,
      reason: 'not_in_dimension' as const,
      now: '1',
      after: '3',
      difference,
      lines_now,
      lines_after,
    },
  ],
})

describe('a preview in words', () => {
  it('says what moves', () => {
    expect(movedWords({ moved: { cost: '2', lines: 1 }, change: 'changed' }, format)).toBe(
      '1 line ($2) gets another element',
    )
    expect(movedWords({ moved: { cost: '2', lines: 5 }, change: 'added' }, format)).toBeNull()
    expect(movedWords({ moved: null, change: 'changed' }, format)).toBeNull()
  })

  it('says what matches nothing', () => {
    expect(unmatchedWords(nothing(4, 7, '2'), format)).toBe('7 lines ($3) match nothing, $2 more than now')
    expect(unmatchedWords(nothing(4, 1, '-2'), format)).toBe('1 line ($3) matches nothing, $2 less than now')
    expect(unmatchedWords(nothing(4, 0, '-2'), format)).toBe('Every line matches')
    expect(unmatchedWords({ elements: [] }, format)).toBeNull()
  })

  it('names what has no element', () => {
    expect(elementName({ element: null, reason: 'outside_the_pool' })).toBe('Outside of the pool')
    expect(elementName({ element: 'A', reason: null })).toBe('A')
  })

  it('sums a version up', () => {
    const summary = { added: ['A', 'B', 'C', 'D', 'E'], changed: ['F'], removed: [], only_text: false }
    expect(summaryWords(summary)).toBe('Added A, B, C, D and 1 more; changed F.')
    expect(summaryWords({ added: [], changed: [], removed: [], only_text: true })).toBe(
      'Comments, order or layout only.',
    )
  })
})
