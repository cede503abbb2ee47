import type { AllocationsReport } from '@/lib/contract/allocations'
import { Exact } from './exact'
import { formatAmount } from './money'
import { prepareSplit } from './split'

/** The equation with every digit, as text: one term a line, elements by size. */
export function exactEquation(report: AllocationsReport, dimension: string): string {
  const { series, unit, totals } = prepareSplit({ report, granularity: 'total', top: Number.POSITIVE_INFINITY })
  const terms = series.map((one, at) => `${at === 0 ? '=' : '+'} ${one.name} ${formatAmount(one.total, unit)}`)
  const range = `${report.from.slice(0, 10)} until ${report.to.slice(0, 10)}`
  return [
    `${dimension}, ${report.metric}, ${range}: ${formatAmount(new Exact(totals.cost).toFixed(), unit)}`,
    ...terms,
  ].join('\n')
}
