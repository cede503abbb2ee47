'use client'
import { Bar, BarChart, CartesianGrid, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { axisLabel, toPixels } from '@/lib/presentation/axis'
import type { CostPoint } from '@/lib/presentation/cost-series'
import { formatCount, formatShown, type Unit } from '@/lib/presentation/money'
import { periodTitle } from '@/lib/presentation/periods'

const TICK = { fill: 'var(--fg-subtle)', fontSize: 12 }

/** One series of bars; its table stands beneath. */
export function CostChart({ points, unit, digits }: { points: CostPoint[]; unit: Unit; digits: number }) {
  return (
    <div
      role="img"
      aria-label={`Bars of cost by day, ${points.length} days. The table holds every amount.`}
      className="h-72"
    >
      <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 480, height: 288 }}>
        <BarChart data={points} accessibilityLayer={false} margin={{ top: 8, right: 4, left: 0, bottom: 0 }}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis dataKey="label" tick={TICK} tickLine={false} axisLine={false} tickMargin={8} minTickGap={28} />
          <YAxis
            tick={TICK}
            tickLine={false}
            axisLine={false}
            width="auto"
            tickFormatter={(tick: number) => axisLabel(tick, unit)}
          />
          <ReferenceLine y={0} stroke="var(--input)" />
          <Tooltip
            cursor={{ fill: 'var(--muted)' }}
            isAnimationActive={false}
            content={({ active, payload }) => {
              const point: CostPoint | undefined = payload?.[0]?.payload
              return active && point ? (
                <div className="grid gap-0.5 rounded-lg border bg-surface px-3 py-2 text-xs shadow-float">
                  <p className="font-medium">{periodTitle(point.period, 'daily')}</p>
                  <p className="tnum">
                    {point.cost && point.shown
                      ? formatShown({ amount: point.cost, shown: point.shown, unit, digits })
                      : 'No cost'}
                  </p>
                  <p className="tnum text-soft">{formatCount(point.lines)} cost lines</p>
                </div>
              ) : null
            }}
          />
          <Bar
            dataKey={(point: CostPoint) => toPixels(point.cost)}
            name="Cost"
            fill="var(--series-0)"
            radius={[2, 2, 0, 0]}
            maxBarSize={40}
            isAnimationActive={false}
          />
        </BarChart>
      </ResponsiveContainer>
    </div>
  )
}
