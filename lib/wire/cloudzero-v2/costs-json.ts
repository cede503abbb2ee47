import { LosslessNumber, stringify } from 'lossless-json'
import type { Pagination } from '../../contract/cloudzero-v2'

export interface CostRow {
  /** ISO 8601, `2024-09-01T00:00:00Z`. */
  period: string
  /** A plain decimal. */
  cost: string
  /** Parallel to the ids; null: the cost has no such value. */
  groups: readonly (string | null)[]
}

/** `2024-09-01T00:00:00Z` → `2024-09-01T00:00:00+00:00`, as CloudZero writes times. */
export const v2Time = (iso: string): string => iso.replace(/(\.\d+)?Z$/, '+00:00')

/**
 * The answer of /v2/billing/costs. `cost` is a JSON number on this wire: every digit of the decimal is written, none of
 * it goes through a float here. The ids are keys as the request wrote them.
 */
export function costsJson({
  ids,
  rows,
  pagination,
  facts,
}: {
  ids: readonly string[]
  rows: readonly CostRow[]
  pagination: Pagination
  facts: { cost_type: string; metric: string; currency: string | null; currencies: readonly string[] }
}): string {
  const costs = rows.map(({ period, cost, groups }) =>
    Object.fromEntries([
      ['usage_date', v2Time(period)],
      ['cost', new LosslessNumber(cost)],
      ...ids.map((id, index) => [id, groups[index] ?? null] as const),
    ]),
  )
  const sorting = {
    available: { sort_keys: ['usage_date'], sort_orders: ['asc'] },
    current: [{ sort_key: 'usage_date', sort_order: 'asc' }],
  }
  return stringify({ costs, pagination, sorting, filtering: { available: [], current: {} }, ...facts }) ?? ''
}
