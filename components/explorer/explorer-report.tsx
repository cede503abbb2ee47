'use client'
import { ChartNoAxesCombined, Download } from 'lucide-react'
import { useMemo } from 'react'
import { ExplorerChart } from '@/components/charts/explorer-chart'
import { EmptyState } from '@/components/feedback/empty-state'
import { Note } from '@/components/feedback/note'
import { buttonClasses } from '@/components/ui/button-classes'
import { Card } from '@/components/ui/card'
import { cn } from '@/components/ui/cn'
import { Segmented } from '@/components/ui/segmented'
import { costsCsvPath, type ExplorerQuery } from '@/lib/client/explorer'
import type { ExplorerReport as Report } from '@/lib/contract/explorer'
import { keyLabel } from '@/lib/presentation/explorer/keys'
import { type CostSeries, prepareExplorer } from '@/lib/presentation/explorer/report'
import { formatCount } from '@/lib/presentation/money'
import { CostPeriodsTable } from './cost-periods-table'
import { ExplorerSummary } from './explorer-summary'
import { GroupsTable } from './groups-table'
import { SeriesName } from './series-name'
import type { Explorer } from './use-explorer'

const CHARTS = [
  { value: 'bars', label: 'Bars' },
  { value: 'area', label: 'Area' },
  { value: 'lines', label: 'Lines' },
] as const
const TABLES = [
  { value: 'groups', label: 'By group' },
  { value: 'periods', label: 'By period' },
] as const
/** More points than this are no picture any more. */
const MOST_POINTS = 1500

export function ExplorerReport({
  explorer,
  report,
  query,
  stale,
}: {
  explorer: Explorer
  report: Report
  query: ExplorerQuery
  /** The answer to the last question, while the next one is on its way. */
  stale: boolean
}) {
  const { params, setParams, keys, drill } = explorer
  const explored = useMemo(() => prepareExplorer({ report, keys }), [report, keys])
  const onDrill = (series: CostSeries) => {
    if (series.kind === 'group' && series.group.length > 0) drill(series.group)
  }
  const heading = report.group_by.map((key) => keyLabel(key, keys)).join(' · ') || 'Cost'
  const table = report.granularity === 'total' ? 'groups' : params.table
  const csv = costsCsvPath(table === 'groups' ? { ...query, granularity: 'total' } : query)
  if (report.lines === 0 && (report.previous?.lines ?? 0) === 0) {
    return (
      <Card title="Nothing here">
        <EmptyState icon={ChartNoAxesCombined} title="No cost in this range with these filters">
          Choose another range, or take a filter away.
        </EmptyState>
      </Card>
    )
  }
  return (
    <div className={cn('grid gap-5 transition-opacity', stale && 'opacity-60')} aria-busy={stale}>
      <ExplorerSummary report={report} explored={explored} />
      {report.previous && report.previous.lines === 0 && (
        <Note>The bills hold no such cost in the period before, so everything is new.</Note>
      )}
      {report.units.length > 1 && (
        <Note tone="warning">
          This adds up {report.units.length} different units. Group or filter by{' '}
          {report.metric === 'ConsumedQuantity' ? 'ConsumedUnit' : 'PricingUnit'} to keep them apart.
        </Note>
      )}
      {report.granularity !== 'total' && (
        <Card
          title="Over time"
          description={
            params.group.length > 0 ? 'Choose a group to look into it.' : 'Group by something to look into it.'
          }
          actions={
            <Segmented
              label="Form of the chart"
              value={params.chart}
              options={CHARTS}
              onChange={(chart) => setParams({ chart })}
            />
          }
        >
          {explored.periods.length > MOST_POINTS ? (
            <p className="text-[13px] text-soft">
              {formatCount(explored.periods.length)} periods are too many to draw. Choose a shorter range or a coarser
              granularity; the tables hold them all.
            </p>
          ) : (
            <ExplorerChart explored={explored} kind={params.chart} granularity={report.granularity} onDrill={onDrill} />
          )}
          <ul aria-label="Legend" className="mt-3 flex flex-wrap gap-x-4 gap-y-1.5 text-xs text-soft">
            {explored.series.map((series) => (
              <li key={series.id} className="min-w-0 max-w-full">
                <SeriesName series={series} onDrill={onDrill} />
              </li>
            ))}
            {report.previous && report.previous.lines > 0 && (
              <li className="inline-flex items-center gap-2">
                <span aria-hidden className="w-5 border-t-2 border-dashed border-(--fg-soft)" />
                Total of the period before
              </li>
            )}
          </ul>
        </Card>
      )}
      <Card
        flush
        title={heading}
        description={rowsInWords(report)}
        actions={
          <>
            {report.granularity !== 'total' && (
              <Segmented
                label="Rows of the table"
                value={table}
                options={TABLES}
                onChange={(next) => setParams({ table: next })}
              />
            )}
            <a href={csv} download className={buttonClasses()}>
              <Download aria-hidden /> CSV
            </a>
          </>
        }
      >
        {table === 'groups' ? (
          <GroupsTable
            explored={explored}
            heading={heading}
            sorting={{ sort: params.sort, reverse: params.reverse }}
            onSort={(sorting) => setParams(sorting)}
            onDrill={onDrill}
          />
        ) : (
          <CostPeriodsTable explored={explored} granularity={report.granularity} onDrill={onDrill} />
        )}
      </Card>
    </div>
  )
}

function rowsInWords({ groups, other_groups: inOther }: Report): string {
  const shown = groups.filter(({ other }) => !other).length
  if (inOther === 0) return `${formatCount(shown)} ${shown === 1 ? 'group' : 'groups'}`
  return `${formatCount(shown)} of ${formatCount(shown + inOther)} groups; the rest is Other`
}
