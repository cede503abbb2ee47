import { Exact } from './exact'
import { roundAmount } from './round-statement'

/** What an amount counts: money of one currency, or a quantity with its word. */
export type Unit = { currency: string } | { word: string }

/**
 * Fractional digits of a statement: cents, or four significant digits where its total is below one unit.
 * Past 12 digits costs do not go (DESIGN §3).
 */
export function statementDigits(total: string): number {
  const size = new Exact(total).abs()
  if (size.isZero() || size.gte(1)) return 2
  return Math.min(12, 3 - size.e)
}

/** `-1234.5` → `−$1,234.50`; rounds half up to `digits`, or shows every digit without. */
export function formatAmount(amount: string, unit: Unit, digits?: number): string {
  const value = digits === undefined ? new Exact(amount).toFixed() : roundAmount(amount, digits)
  const negative = value.startsWith('-') && !new Exact(value).isZero()
  const number = groupDigits(value.replace('-', ''))
  const sign = negative ? '−' : ''
  return 'currency' in unit
    ? `${sign}${currencySymbol(unit.currency)}${number}`
    : `${sign}${number} ${unit.word}`.trimEnd()
}

/**
 * An amount as its statement rounded it. One that is not zero, but rounds to it, says so: `<$0.01`, never `$0.00`,
 * which would read as no cost.
 */
export function formatShown({
  amount,
  shown,
  unit,
  digits,
}: {
  amount: string
  shown: string
  unit: Unit
  digits: number
}): string {
  const exact = new Exact(amount)
  if (!new Exact(shown).isZero() || exact.isZero()) return formatAmount(shown, unit, digits)
  const step = new Exact(10).pow(-digits)
  return exact.gt(0)
    ? `<${formatAmount(step.toFixed(), unit, digits)}`
    : `>${formatAmount(step.neg().toFixed(), unit, digits)}`
}

/** A plain decimal with thousands marks: `1100645` → `1,100,645`. */
export function groupDigits(value: string): string {
  const [whole = '', fraction] = value.split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',')
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}

/** `100045.000000` → `100,045`: telemetry values, without the zeroes that only storage added. */
export function formatQuantity(value: string): string {
  const plain = new Exact(value).toFixed()
  return plain.startsWith('-') ? `−${groupDigits(plain.slice(1))}` : groupDigits(plain)
}

/** `12345` → `12,345`, for counts. */
export function formatCount(count: number): string {
  return groupDigits(String(count))
}

/** FOCUS also knows virtual currencies, which no locale has a sign for: those stand as a word. */
export function currencySymbol(currency: string): string {
  try {
    const parts = new Intl.NumberFormat('en-US', { style: 'currency', currency }).formatToParts(0)
    const symbol = parts.find((part) => part.type === 'currency')?.value ?? currency
    return /[A-Z]{3}/.test(symbol) ? `${symbol} ` : symbol
  } catch {
    return `${currency} `
  }
}
