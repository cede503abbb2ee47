'use client'
import { useMemo } from 'react'
import {
  Area,
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import type { CostGranularity } from '@/lib/contract/explorer'
import { axisLabel, axisWidth, toPixels } from '@/lib/presentation/axis'
import type { CostSeries, Explored } from '@/lib/presentation/explorer/report'
import { formatAmount } from '@/lib/presentation/money'
import { ExplorerTooltip } from './explorer-tooltip'
import { seriesFill } from './series-fill'

export type ChartKind = 'bars' | 'area' | 'lines'

interface Point {
  at: number
  label: string
  pixels: (number | null)[]
  previous: number | null
}

const TICK = { fill: 'var(--fg-subtle)', fontSize: 12 }
const KIND_WORDS: Record<ChartKind, string> = { bars: 'Stacked bars', area: 'Stacked areas', lines: 'Lines' }

/** A gap stays a gap in bars and lines; an area has nothing to stand on there, so that it goes down to zero. */
function chartPoints({ series, periods }: Explored, kind: ChartKind): Point[] {
  return periods.map(({ label, previous }, at) => ({
    at,
    label,
    pixels: series.map(({ amounts }) => toPixels(amounts[at] ?? (kind === 'area' ? '0' : null))),
    previous: toPixels(previous),
  }))
}

/** The lowest and the highest that is drawn; stacks add up, credits below the line. */
function extremes(points: readonly Point[], kind: ChartKind): [number, number] {
  const ends = points.map(({ pixels, previous }) => {
    const drawn = pixels.filter((pixel) => pixel !== null)
    const sum = (part: number[]) => part.reduce((all, pixel) => all + pixel, 0)
    const top = kind === 'lines' ? Math.max(0, ...drawn) : sum(drawn.filter((pixel) => pixel > 0))
    const bottom = kind === 'lines' ? Math.min(0, ...drawn) : sum(drawn.filter((pixel) => pixel < 0))
    return [Math.min(bottom, previous ?? 0), Math.max(top, previous ?? 0)] as const
  })
  return [Math.min(0, ...ends.map(([low]) => low)), Math.max(0, ...ends.map(([, high]) => high))]
}

/** Cost over time by group, and as a dashed line the total of the range before; the tables hold the same. */
export function ExplorerChart({
  explored,
  kind,
  granularity,
  onDrill,
}: {
  explored: Explored
  kind: ChartKind
  granularity: CostGranularity
  onDrill: (series: CostSeries) => void
}) {
  const { series, periods, unit } = explored
  const points = useMemo(() => chartPoints(explored, kind), [explored, kind])
  const width = useMemo(() => axisWidth({ ends: extremes(points, kind), unit }), [points, kind, unit])
  const words = series
    .slice(0, 12)
    .map(({ name, shown }) => `${name} ${formatAmount(shown, unit, explored.digits)}`)
    .join(', ')
  const drawn = series.map((one, index) => {
    const common = {
      name: one.name,
      dataKey: (point: Point) => point.pixels[index],
      isAnimationActive: false,
      className: one.kind === 'group' && one.group.length > 0 ? 'cursor-pointer' : undefined,
      onClick: () => onDrill(one),
    }
    const fill = seriesFill(one)
    if (kind === 'lines')
      return <Line key={one.id} {...common} stroke={fill} strokeWidth={2} dot={periods.length === 1} type="linear" />
    if (kind === 'area')
      return <Area key={one.id} {...common} stackId="cost" fill={fill} stroke={fill} fillOpacity={0.85} type="linear" />
    return (
      <Bar
        key={one.id}
        {...common}
        stackId="cost"
        fill={fill}
        stroke="var(--surface)"
        strokeWidth={points.length > 100 ? 0 : 1}
        maxBarSize={56}
      />
    )
  })
  return (
    <div
      role="img"
      aria-label={`${KIND_WORDS[kind]} of ${periods.length} periods: ${words}. The tables below hold every amount.`}
      className="h-80 select-none"
    >
      <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 640, height: 320 }}>
        <ComposedChart
          data={points}
          stackOffset="sign"
          accessibilityLayer={false}
          margin={{ top: 8, right: 4, left: 0, bottom: 0 }}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis dataKey="label" tick={TICK} tickLine={false} axisLine={false} tickMargin={8} minTickGap={28} />
          <YAxis
            tick={TICK}
            tickLine={false}
            axisLine={false}
            width={width}
            tickFormatter={(tick: number) => axisLabel(tick, unit)}
          />
          <ReferenceLine y={0} stroke="var(--input)" />
          <Tooltip
            cursor={kind === 'bars' ? { fill: 'var(--muted)' } : { stroke: 'var(--input)' }}
            isAnimationActive={false}
            content={({ active, payload }) => {
              const point: Point | undefined = payload?.[0]?.payload
              return active && point ? (
                <ExplorerTooltip explored={explored} at={point.at} granularity={granularity} />
              ) : null
            }}
          />
          {drawn}
          {explored.change && (
            <Line
              name="Period before"
              dataKey="previous"
              stroke="var(--fg-soft)"
              strokeDasharray="5 4"
              strokeWidth={1.5}
              dot={false}
              type="linear"
              isAnimationActive={false}
            />
          )}
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  )
}
