'use client'
import { useQueryStates } from 'nuqs'
import { useMemo } from 'react'
import { SplitChart } from '@/components/charts/split-chart'
import { Card } from '@/components/ui/card'
import { cn } from '@/components/ui/cn'
import type { AllocationsReport } from '@/lib/contract/allocations'
import type { ReportGranularity } from '@/lib/contract/common'
import { type ExplainTarget, serializeTarget } from '@/lib/presentation/explain-target'
import { METRIC_WORDS } from '@/lib/presentation/metrics'
import { explainParams } from '@/lib/presentation/search-params'
import { prepareSplit } from '@/lib/presentation/split'
import { ChartLegend } from './chart-legend'
import { EquationStrip } from './equation-strip'
import { SplitTables } from './split-tables'

export type OnExplain = (target: ExplainTarget, period: string | null) => void

const TITLES: Record<ReportGranularity, string> = {
  hourly: 'Hour by hour',
  daily: 'Day by day',
  monthly: 'Month by month',
  total: 'The whole range',
}

export function SplitReport({
  report,
  granularity,
  dimension,
  stale,
}: {
  report: AllocationsReport
  granularity: ReportGranularity
  dimension: string
  /** The answer to the last question, while the next one is on its way. */
  stale: boolean
}) {
  const [, setExplain] = useQueryStates(explainParams, { history: 'push' })
  const split = useMemo(() => prepareSplit({ report, granularity }), [report, granularity])
  const onExplain: OnExplain = (target, period) =>
    setExplain({ explain: serializeTarget(target), period: granularity === 'total' ? null : period })
  return (
    <div className={cn('grid gap-5 transition-opacity', stale && 'opacity-60')} aria-busy={stale}>
      <EquationStrip report={report} dimension={dimension} onExplain={onExplain} />
      <Card
        title={TITLES[granularity]}
        description={`${METRIC_WORDS[report.metric].label} by element. Choose a bar to see how it came about.`}
      >
        <SplitChart split={split} granularity={granularity} onExplain={onExplain} />
        <ChartLegend series={split.series} />
      </Card>
      <SplitTables report={report} granularity={granularity} onExplain={onExplain} />
    </div>
  )
}
