'use client'
import { useId, useMemo } from 'react'
import { Bar, BarChart, CartesianGrid, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { seriesColor } from '@/components/ui/swatch'
import type { ReportGranularity } from '@/lib/contract/common'
import { axisLabel } from '@/lib/presentation/axis'
import type { ExplainTarget } from '@/lib/presentation/explain-target'
import { formatAmount } from '@/lib/presentation/money'
import type { Split } from '@/lib/presentation/split'
import { type ChartPoint, chartPoints } from './chart-points'
import { HatchPattern } from './hatch-pattern'
import { SplitTooltip } from './split-tooltip'

const TICK = { fill: 'var(--fg-subtle)', fontSize: 12 }

/** Stacked bars, a period each; the tables beneath hold the same, and are the way for keyboard and screen reader. */
export function SplitChart({
  split,
  granularity,
  onExplain,
}: {
  split: Split
  granularity: ReportGranularity
  onExplain: (target: ExplainTarget, period: string) => void
}) {
  const hatch = useId()
  const points = useMemo(() => chartPoints(split), [split])
  const label = `Stacked bars of ${split.periods.length} periods: ${split.series
    .map((series) => `${series.name} ${formatAmount(series.shown, split.unit, split.digits)}`)
    .join(', ')}. The tables below hold every amount.`
  return (
    <div role="img" aria-label={label} className="h-72 select-none">
      <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 640, height: 288 }}>
        <BarChart
          data={points}
          stackOffset="sign"
          accessibilityLayer={false}
          margin={{ top: 8, right: 4, left: 0, bottom: 0 }}
        >
          <defs>
            <HatchPattern id={hatch} />
          </defs>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis dataKey="label" tick={TICK} tickLine={false} axisLine={false} tickMargin={8} minTickGap={28} />
          <YAxis
            tick={TICK}
            tickLine={false}
            axisLine={false}
            width="auto"
            tickFormatter={(tick: number) => axisLabel(tick, split.unit)}
          />
          <ReferenceLine y={0} stroke="var(--input)" />
          <Tooltip
            cursor={{ fill: 'var(--muted)' }}
            isAnimationActive={false}
            content={({ active, payload }) => {
              const point: ChartPoint | undefined = payload?.[0]?.payload
              return active && point ? <SplitTooltip split={split} at={point.at} granularity={granularity} /> : null
            }}
          />
          {split.series.map((series, index) => (
            <Bar
              key={`${series.kind}:${series.name}`}
              name={series.name}
              stackId="split"
              dataKey={(point: ChartPoint) => point.pixels[index]}
              fill={series.kind === 'unallocated' ? `url(#${hatch})` : seriesColor(series.kind, series.slot)}
              stroke={series.kind === 'unallocated' ? 'var(--hatch)' : 'var(--surface)'}
              strokeWidth={1}
              maxBarSize={56}
              isAnimationActive={false}
              className={series.kind === 'other' ? undefined : 'cursor-pointer'}
              onClick={({ payload }: { payload?: ChartPoint }) => {
                if (!payload || series.kind === 'other') return
                const target: ExplainTarget =
                  series.kind === 'unallocated' ? { kind: 'unallocated' } : { kind: 'element', element: series.name }
                onExplain(target, payload.period)
              }}
            />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </div>
  )
}
