import { Exact } from './exact'
import { formatAmount, type Unit } from './money'

/** Exact amount → pixels. The one place where an amount becomes a number: geometry only, never shown or summed. */
export function toPixels(amount: string | null): number | null {
  return amount === null ? null : new Exact(amount).toNumber()
}

/** A tick of a chart's axis, which the chart library counts in numbers: `0.015` → `$0.015`. */
export function axisLabel(tick: number, unit: Unit): string {
  return formatAmount(new Exact(tick).toSignificantDigits(6).toFixed(), 'currency' in unit ? unit : { word: '' })
}

/** Pixels that an axis needs for its labels, by the longest of them: the ends, with room for a digit after the point. */
export function axisWidth({ ends, unit }: { ends: readonly number[]; unit: Unit }): number {
  const longest = Math.max(
    ...ends.map((end) => {
      const rounded = new Exact(end).mul('1.25').toSignificantDigits(2)
      return axisLabel(rounded.toNumber(), unit).length + (rounded.abs().lt(100) ? 2 : 0)
    }),
  )
  return Math.ceil(longest * 7.2) + 10
}
