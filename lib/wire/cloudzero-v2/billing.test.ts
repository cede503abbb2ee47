import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { parseDefinition } from '../../costformation/parse'
import { costsJson } from './costs-json'
import { type KnownDimensions, resolveDimension, splitIds } from './dimension-id'
import { readFilters } from './filters'
import { decodeCursor, encodeCursor, paginate } from './pagination'
import { definitionErrors, pathParts, v2Error } from './response'

const { definition } = parseDefinition(`Dimensions:
  Product:
    Name: The Product
    Rules: [{Type: GroupBy, Source: Service}]
  Gone:
    Name: Gone
    Disable: true
    Rules: [{Type: GroupBy, Source: Service}]
`)
if (!definition) throw new Error('the definition is not valid')
const known: KnownDimensions = { definition, tags: ['Product', 'env', 'ENV', 'a,b'] }

describe('a dimension id', () => {
  it.each([
    ['Account', { kind: 'native', name: 'Account' }],
    ['cloudprovider', { kind: 'native', name: 'CloudProvider' }],
    ['CZ:Service', { kind: 'native', name: 'Service' }],
    ['ServiceCategory', { kind: 'column', name: 'ServiceCategory' }],
    ['Tag:Product', { kind: 'tag', key: 'Product' }],
    ['tag:product', { kind: 'tag', key: 'Product' }],
    ['CZ:Tag:env', { kind: 'tag', key: 'env' }],
    ['User:Defined:Product', { kind: 'dimensionName', name: 'The Product' }],
    ['user:defined:PRODUCT', { kind: 'dimensionName', name: 'The Product' }],
    ['CZ:Defined:Product', { kind: 'dimensionName', name: 'The Product' }],
    ['custom:The Product', { kind: 'dimensionName', name: 'The Product' }],
  ])('%s', (id, key) => expect(resolveDimension({ id, known })).toEqual(key))

  it.each([
    ['Acount', 'no dimension `Acount`; did you mean `Account`?'],
    ['Tag:Prodct', 'no dimension `Tag:Prodct`; did you mean `Tag:Product`?'],
    ['User:Defined:Produt', 'no dimension `User:Defined:Produt`; did you mean `User:Defined:Product`?'],
    ['User:Defined:Gone', 'no dimension `User:Defined:Gone`'],
    // Two tags differ by case alone: neither is meant.
    ['Tag:Env', 'no dimension `Tag:Env`'],
    ['', 'no dimension ``'],
  ])('%s is none', (id, error) =>
    expect(resolveDimension({ id, known })).toEqual({ error: expect.stringContaining(error) }),
  )

  it('may be one of several joined by commas, unless the whole is one', () => {
    expect(splitIds({ ids: ['Account,Service', 'Tag:a,b'], known })).toEqual(['Account', 'Service', 'Tag:a,b'])
  })
})

describe('filters', () => {
  const read = (text: string) => readFilters({ text, known })

  it('are ids with lists or single values; ! negates', () => {
    const region = { key: { kind: 'native', name: 'Region' }, values: ['us-east-1'], negate: false }
    const account = { key: { kind: 'native', name: 'Account' }, values: ['123456789012', '007'], negate: true }
    expect(read('{"Region": ["us-east-1"], "!Account": [123456789012, "007"]}')).toEqual({ filters: [region, account] })
    expect(read('{"Region": "us-east-1"}')).toEqual({ filters: [region] })
    expect(read('')).toEqual({ filters: [] })
    expect(read('{"Tag:env": [null]}')).toMatchObject({ filters: [{ values: [''] }] })
  })

  it.each([
    ['{"Region"', /not valid JSON/],
    ['[]', /must be a JSON object/],
    ['3', /must be a JSON object/],
    ['{"Regin": "x"}', /no dimension `Regin`; did you mean `Region`/],
    ['{"Region": []}', /needs at least one value/],
    ['{"Region": [{}]}', /values must be texts/],
  ])('%s is refused', (text, error) => expect(read(text)).toEqual({ error: expect.stringMatching(error) }))
})

describe('the answer', () => {
  const facts = { cost_type: 'real_cost', metric: 'EffectiveCost', currency: 'USD', currencies: ['USD'] }
  const none = paginate({ offset: 0, limit: 10, items: 0, total: 0, cursorAt: String })

  it('has the cost as a number with every digit', () => {
    const cost = '-12345678901234567890.123456789012345678'
    const rows = [{ period: '2024-09-01T00:00:00Z', cost, groups: ['a"b', null] }]
    const text = costsJson({ ids: ['Service', '__proto__'], rows, pagination: none, facts })
    expect(text).toContain(
      `{"usage_date":"2024-09-01T00:00:00+00:00","cost":${cost},"Service":"a\\"b","__proto__":null}`,
    )
  })

  it('says of an empty list that it has no page', () => {
    expect(none).toEqual({
      page_count: 0,
      item_count: 0,
      total_count: 0,
      cursor: { next_cursor: null, previous_cursor: null, has_next: false, has_previous: false },
    })
  })

  it('leads through every item once, forth and back', () => {
    const counts = fc.record({ total: fc.nat(50), limit: fc.integer({ min: 1, max: 20 }) })
    fc.assert(
      fc.property(counts, ({ total, limit }) => {
        const pageAt = (offset: number) => {
          const items = Math.max(0, Math.min(limit, total - offset))
          return paginate({ offset, limit, items, total, cursorAt: String })
        }
        let page = pageAt(0)
        let seen = page.item_count
        while (page.cursor.has_next) {
          page = pageAt(Number(page.cursor.next_cursor))
          seen += page.item_count
        }
        expect(seen).toBe(total)
        let back = 1
        while (page.cursor.has_previous) {
          page = pageAt(Number(page.cursor.previous_cursor))
          back += 1
        }
        expect(back).toBe(Math.max(1, page.page_count))
      }),
    )
  })

  it('has cursors that read back, and takes nothing else for one', () => {
    const schema = z.object({ offset: z.int() })
    expect(decodeCursor({ text: encodeCursor({ offset: 3 }), schema })).toEqual({ offset: 3 })
    for (const text of ['', 'x', 'e30', encodeCursor({ offset: 'a' }), 'H4sIAL1Fs2EC_yWKQQ']) {
      expect(decodeCursor({ text, schema })).toBeNull()
    }
  })
})

describe('errors', () => {
  it('say message and type, and at the root where the gateway answers', () => {
    expect(v2Error({ code: 'gone', message: 'm' })).toEqual({
      status: 410,
      body: { error: { message: 'm', type: 'gone' } },
    })
    expect(v2Error({ code: 'unauthorized', message: 'm' })).toEqual({
      status: 403,
      body: { message: 'm', error: { message: 'm', type: 'unauthorized' } },
    })
  })

  it('of a definition have the path in parts and the value', () => {
    expect(pathParts('Dimensions.Product.Rules[0].Type')).toEqual(['Dimensions', 'Product', 'Rules', '0', 'Type'])
    const yaml = 'Dimensions:\n  Product:\n    Rules:\n      - Type: Grop\n'
    const errors = [{ name: 'Dimensions.Product.Rules[0].Type', reason: 'no rule type', line: 4, column: 15 }]
    expect(definitionErrors({ yaml, errors })).toEqual([
      {
        error: 'line 4, column 15: no rule type',
        value: 'Grop',
        path: ['Dimensions', 'Product', 'Rules', '0', 'Type'],
      },
    ])
  })
})
