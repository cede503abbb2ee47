import { expect, it } from 'vitest'
import { type V2CostsQuery, v2CostsQuery } from '../contract/cloudzero-v2'
import { encodeCursor } from '../wire/cloudzero-v2/pagination'
import { type CostsCursor, openCursor, queryDigest } from './v2-cursor'

const query: V2CostsQuery = v2CostsQuery.parse({ start_date: '2024-09-01', group_by: ['Account'] })
const DAY = 86_400_000
const cursor: CostsCursor = {
  query: queryDigest(query),
  stamp: 'now',
  to: '2024-10-01T00:00:00.000Z',
  offset: 10_000,
  total: 12_345,
  since: 1_000,
}

const open = (content: unknown, now = 1_000) =>
  openCursor({ query: { ...query, cursor: encodeCursor(content) }, stamp: 'now', now })

it('opens a cursor of the same request for 24 hours', () => {
  expect(open(cursor, 1_000 + DAY)).toEqual(cursor)
  expect(() => open(cursor, 1_001 + DAY)).toThrow(/older than 24 hours/)
})

it('refuses others, each for its reason', () => {
  expect(() => open({ ...cursor, stamp: 'then' })).toThrow(/changed since the first page/)
  expect(() => open({ ...cursor, query: 'another' })).toThrow(/other parameters/)
  expect(() => open({ ...cursor, offset: -1 })).toThrow(/none of this endpoint/)
  expect(() => open({ newest: 1, offset: 0 })).toThrow(/none of this endpoint/)
})

it('takes a request without one for the first page', () => {
  expect(openCursor({ query, stamp: 'now', now: 0 })).toBeNull()
  expect(openCursor({ query: { ...query, cursor: '' }, stamp: 'now', now: 0 })).toBeNull()
})
