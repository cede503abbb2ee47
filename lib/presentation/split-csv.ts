import type { Split } from './split'

/** The table beneath the chart, with every digit, for a spreadsheet. */
export function splitCsv(split: Split): string {
  const head = ['period', ...split.series.map((series) => series.name), 'total']
  const rows = split.periods.map((period, at) => [
    period.period,
    ...split.series.map((series) => series.amounts[at] ?? ''),
    period.total ?? '',
  ])
  const totals = ['total', ...split.series.map((series) => series.total), split.totals.cost]
  return `${[head, ...rows, totals].map((row) => row.map(csvCell).join(',')).join('\n')}\n`
}

/** RFC 4180; a text that a spreadsheet would take for a formula gets a quote in front. */
export function csvCell(value: string): string {
  const safe = /^[=+@\t\r]/.test(value) || /^-(?!\d)/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
