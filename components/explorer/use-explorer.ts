'use client'
import { useQueryStates } from 'nuqs'
import { type ExplorerQuery, useExploredCosts } from '@/lib/client/explorer'
import type { CostKeys } from '@/lib/contract/explorer'
import { type DateRange, defaultRange, wholeMonths } from '@/lib/presentation/date-range'
import { backTo, drillInto } from '@/lib/presentation/explorer/drill'
import { explorerParams } from '@/lib/presentation/search-params'

/** What the explorer shows: the address, completed by what the bills have. */
export function useExplorer({ first_day: first, last_day: last, keys, default_metric }: CostKeys) {
  const [params, setParams] = useQueryStates(explorerParams, { history: 'push' })
  const bill = first && last ? { firstDay: first, lastDay: last } : null
  const asked = params.from && params.to && params.from < params.to ? { from: params.from, to: params.to } : null
  const days = asked ?? (bill && defaultRange(bill.firstDay, bill.lastDay))
  const byBill = params.basis === 'billing'
  const range: DateRange | null = days && byBill ? wholeMonths(days) : days
  const granularity = byBill && params.granularity !== 'total' ? 'monthly' : params.granularity
  const group = params.group.filter((key) => key !== '').slice(0, 3)
  const metric = params.metric ?? default_metric
  const query: ExplorerQuery | null = range && {
    ...range,
    metric,
    granularity,
    basis: params.basis,
    currency: params.currency,
    group_by: group,
    filter: params.filter,
    top: Math.min(Math.max(params.top, 1), 100),
    compare: params.compare ? 'previous' : null,
  }
  const report = useExploredCosts(query)
  const state = { group, filter: params.filter, trail: params.trail }
  return {
    params: { ...params, granularity, group },
    setParams,
    /** No grouping stands in the address as an empty key. */
    setGroup: (next: string[]) => setParams({ group: next.length > 0 ? next : [''] }),
    setFilter: (filter: string[]) => setParams({ filter }),
    drill: (values: (string | null)[]) => {
      const next = drillInto({ state, group: values, keys })
      setParams({ ...next, group: next.group.length > 0 ? next.group : [''] })
    },
    back: (level: number) => {
      const found = backTo(params.trail, level)
      if (found) setParams({ ...found, group: found.group.length > 0 ? found.group : [''] })
    },
    keys,
    bill,
    range,
    metric,
    /** Few lines of the bills have an effective cost, so that billed cost stands in for it. */
    isFallback: params.metric === null && default_metric !== 'EffectiveCost',
    query,
    report,
  }
}

export type Explorer = ReturnType<typeof useExplorer>
