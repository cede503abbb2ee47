'use client'
import { Bar, BarChart, CartesianGrid, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { Swatch, seriesColor } from '@/components/ui/swatch'
import { axisLabel, axisWidth, toPixels } from '@/lib/presentation/axis'
import { counted } from '@/lib/presentation/explain-words'
import { formatAmount, formatShown } from '@/lib/presentation/money'
import type { ComparedRow, Comparison } from '@/lib/presentation/what-if/comparison'

const TICK = { fill: 'var(--fg-subtle)', fontSize: 12 }
const MOST_ROWS = 10

interface Point {
  row: ComparedRow
  name: string
  pixels: (number | null)[]
}

/** Bars beside each other, one a column, for the first rows; the table beneath holds all of them. */
export function ComparisonChart({ comparison }: { comparison: Comparison }) {
  const { columns, unit, digits } = comparison
  const shown = columns.flatMap(({ error }, at) => (error === null ? [at] : []))
  const points: Point[] = comparison.rows.slice(0, MOST_ROWS).map((row) => ({
    row,
    name: row.name,
    pixels: row.cells.map((cell) => toPixels(cell?.amount ?? null)),
  }))
  const label = `Bars of ${points.length} elements by ${shown.map((at) => columns[at]?.name).join(', ')}. The table below holds every amount.`
  return (
    <div className="grid gap-3">
      <div role="img" aria-label={label} className="h-72 select-none">
        <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 640, height: 288 }}>
          <BarChart
            data={points}
            accessibilityLayer={false}
            barGap={1}
            margin={{ top: 8, right: 4, left: 0, bottom: 0 }}
          >
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis
              dataKey="name"
              tick={TICK}
              tickLine={false}
              axisLine={false}
              tickMargin={8}
              interval="preserveStartEnd"
              tickFormatter={(name: string) => (name.length > 14 ? `${name.slice(0, 13)}…` : name)}
            />
            <YAxis
              tick={TICK}
              tickLine={false}
              axisLine={false}
              width={axisWidth({
                ends: [0, ...points.flatMap(({ pixels }) => pixels.flatMap((one) => one ?? []))],
                unit,
              })}
              tickFormatter={(tick: number) => axisLabel(tick, unit)}
            />
            <ReferenceLine y={0} stroke="var(--input)" />
            <Tooltip
              cursor={{ fill: 'var(--muted)' }}
              isAnimationActive={false}
              content={({ active, payload }) => {
                const point: Point | undefined = payload?.[0]?.payload
                if (!active || !point) return null
                return (
                  <div className="grid min-w-52 gap-1.5 rounded-lg border bg-surface px-3 py-2.5 text-xs shadow-float">
                    <p className="font-medium">{point.name}</p>
                    {shown.map((at, slot) => {
                      const cell = point.row.cells[at]
                      return (
                        cell && (
                          <p key={at} className="flex items-center gap-2 text-soft">
                            <Swatch kind="element" slot={slot} />
                            <span className="max-w-44 truncate">{columns[at]?.name}</span>
                            <span className="tnum ml-auto pl-3 text-fg">
                              {formatShown({ amount: cell.amount, shown: cell.shown, unit, digits })}
                            </span>
                          </p>
                        )
                      )
                    })}
                  </div>
                )
              }}
            />
            {shown.map((at, slot) => (
              <Bar
                key={columns[at]?.name}
                name={columns[at]?.name}
                dataKey={(point: Point) => point.pixels[at]}
                fill={seriesColor('element', slot)}
                maxBarSize={28}
                isAnimationActive={false}
              />
            ))}
          </BarChart>
        </ResponsiveContainer>
      </div>
      <ul aria-label="Legend" className="flex flex-wrap gap-x-4 gap-y-1.5 text-xs text-soft">
        {shown.map((at, slot) => (
          <li key={columns[at]?.name} className="inline-flex min-w-0 items-center gap-1.5">
            <Swatch kind="element" slot={slot} />
            <span className="truncate">{columns[at]?.name}</span>
          </li>
        ))}
        {comparison.rows.length > MOST_ROWS && (
          <li className="text-subtle">
            the first {MOST_ROWS} of {counted(comparison.elements.all, 'element')};{' '}
            {formatAmount(comparison.shownTotal, unit, digits)} in all
          </li>
        )}
      </ul>
    </div>
  )
}
