import { toPixels } from '@/lib/presentation/axis'
import type { Split } from '@/lib/presentation/split'

export interface ChartPoint {
  at: number
  period: string
  label: string
  /** Heights, a series each; null draws nothing. */
  pixels: (number | null)[]
}

export function chartPoints(split: Split): ChartPoint[] {
  return split.periods.map(({ period, label }, at) => ({
    at,
    period,
    label,
    pixels: split.series.map((series) => toPixels(series.amounts[at] ?? null)),
  }))
}
