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
