import { describe, expect, it } from 'vitest'
import {
  fitMapping,
  type MappingDraft,
  missingWords,
  profileWords,
  rolesOf,
  tagColumns,
  wholeMapping,
  withField,
  withTags,
} from './mapping-draft'

const empty: MappingDraft = {
  time_format: 'iso',
  granularity: 'day',
  currency: { code: 'USD' },
  decimal_mark: '.',
  columns: {},
}
const columns = [
  { name: 'Team', examples: ['Data', 'Web'] },
  { name: 'Labels', examples: ['{"a":"b"}', ' {}'] },
  { name: 'Empty', examples: [] },
]

describe('a mapping while someone makes it', () => {
  it('says what is missing until it is whole', () => {
    expect(missingWords(empty)).toBe('the cost and the period')
    const cost = withField(empty, 'cost', 'Amount')
    expect(missingWords(cost)).toBe('the period')
    expect(wholeMapping(cost)).toBeNull()
    const whole = withField(cost, 'period_start', 'Day')
    expect(missingWords(whole)).toBeNull()
    expect(wholeMapping(whole)).toEqual({ ...empty, cost: 'Amount', period_start: 'Day' })
    expect(wholeMapping({ ...whole, currency: { code: 'Euro' } })).toBeNull()
    expect(withField(whole, 'cost', '')).not.toHaveProperty('cost')
  })

  it('makes tags of columns, or of one that holds JSON objects', () => {
    expect(withTags(empty, ['Team', 'Labels'], columns).tags).toEqual({
      columns: [
        { column: 'Team', key: 'Team' },
        { column: 'Labels', key: 'Labels' },
      ],
    })
    const json = withTags(empty, ['Labels'], columns)
    expect(json.tags).toEqual({ json: 'Labels' })
    expect(tagColumns(json)).toEqual(['Labels'])
    expect(withTags(empty, ['Empty'], columns).tags).toEqual({ columns: [{ column: 'Empty', key: 'Empty' }] })
    expect(withTags(json, [], columns)).not.toHaveProperty('tags')
  })

  it('keeps of a saved one what the file has', () => {
    const saved: MappingDraft = {
      ...empty,
      cost: 'amount',
      period_start: 'Day',
      time_format: 'YYYYMM',
      service: 'Product',
      region: 'Gone',
      decimal_mark: ',',
      currency: { column: 'Gone' },
      tags: { columns: ['Team', 'Gone'].map((column) => ({ column, key: column })) },
      columns: { InvoiceId: 'Gone', SkuId: 'Team' },
    }
    const suggested: MappingDraft = { ...empty, cost: 'Net', period_start: 'Day', account: 'Team', service: 'Net' }
    const header = ['Amount', 'Day', 'Team'].map((name) => ({ name, examples: [] }))
    const fitted = fitMapping({ saved, suggested, columns: header })
    expect(wholeMapping(fitted)).toEqual({
      ...empty,
      cost: 'amount',
      period_start: 'Day',
      time_format: 'YYYYMM',
      decimal_mark: ',',
      service: 'Net',
      account: 'Team',
      tags: { columns: [{ column: 'Team', key: 'Team' }] },
      columns: { SkuId: 'Team' },
    })
  })

  it('says what each column is used for', () => {
    const draft: MappingDraft = { ...empty, cost: 'Amount', list_cost: 'Amount', currency: { column: 'Cur' } }
    const roles = rolesOf(withTags(draft, ['Team'], columns))
    expect([...roles]).toEqual([
      ['Amount', ['Cost', 'List cost']],
      ['Cur', ['Currency']],
      ['Team', ['Tag']],
    ])
  })

  it('is said in one line', () => {
    const whole = wholeMapping({ ...withTags(empty, ['Team'], columns), cost: 'Amount', period_start: 'Day' })
    expect(whole && profileWords(whole)).toBe('Cost from Amount · Period from Day · tags from Team')
  })
})
