import type { ExplorerReport } from '../../contract/explorer'
import { textCell, writeRow } from '../../csv-row'
import { isQuantity } from '../../presentation/metrics'
import { pairPeriods } from './pair-periods'

/** What an amount's column counts: `USD`, `GB-Mo`, or every unit that was added up. */
function unitOf({ metric, currency, units }: ExplorerReport): string {
  if (!isQuantity(metric)) return currency ?? ''
  return units.length === 0 ? 'units' : units.join(' + ')
}

type Group = Pick<ExplorerReport['groups'][number], 'group' | 'other'>

/**
 * What a report shows, for a spreadsheet, every digit of it: a row a period and group; of `total`, a row a group. Where it
 * was compared, each with what it is compared with, so that either column adds up to its total. The kind tells a group that is named Other from all others.
 */
export function explorerCsv(report: ExplorerReport): string {
  const unit = unitOf(report)
  const amount = (name: string) => (unit === '' ? name : `${name} (${unit})`)
  const otherName = `Other (${report.other_groups} groups)`
  const grouped = report.group_by.length > 0
  const groupHead = grouped ? [...report.group_by.map(textCell), 'Kind'] : []
  const groupCells = ({ group, other }: Group) =>
    grouped ? [...group.map((value) => textCell(other ? otherName : (value ?? ''))), other ? 'other' : 'group'] : []
  const { previous } = report
  const compared = previous ? [amount(`Previous ${report.metric}`), amount('Difference')] : []
  if (report.granularity === 'total') {
    const head = ['From', 'To', ...groupHead, amount(report.metric), 'Cost lines', ...compared]
    const rows = report.groups.map((group) => [
      report.from,
      report.to,
      ...groupCells(group),
      group.cost,
      String(group.lines),
      ...(previous ? [group.previous ?? '', group.difference ?? ''] : []),
    ])
    return [head, ...rows].map(writeRow).join('')
  }
  if (previous) {
    const head = ['Period', ...groupHead, amount(report.metric), 'Cost lines', 'Previous period', ...compared]
    const rows = pairPeriods({ ...report, previous }).map((pair) => [
      pair.period ?? '',
      ...groupCells(pair),
      pair.cost ?? '',
      pair.lines === null ? '' : String(pair.lines),
      pair.previousPeriod ?? '',
      pair.previous ?? '',
      pair.difference,
    ])
    return [head, ...rows].map(writeRow).join('')
  }
  const head = ['Period', ...groupHead, amount(report.metric), 'Cost lines']
  const rows = report.rows.map((row) => [row.period, ...groupCells(row), row.cost, String(row.lines)])
  return [head, ...rows].map(writeRow).join('')
}
