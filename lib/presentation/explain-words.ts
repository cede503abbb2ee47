import type { ExplainPart } from '@/lib/contract/allocations'
import { describeRange } from './date-range'
import { Exact } from './exact'
import { formatQuantity } from './money'
import { bucketTime } from './relative-time'

type Part = ExplainPart

/** `1 cost line`, `12 cost lines`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`
}

const KEY_WORDS: Record<string, string> = {
  service: 'Service',
  account: 'Account',
  region: 'Region',
  'billing month': 'billing month',
}

/** The values that the lines share, as a reader says it: `Shared RDS is Shared Data Lake and owner is empty`. */
export function matchWords(matchedOn: Part['matched_on']): string {
  return Object.entries(matchedOn)
    .map(([key, value]) => `${keyLabel(key)} is ${value === null || value === '' ? 'empty' : `“${value}”`}`)
    .join(' and ')
}

/** `custom:Shared RDS` → `Shared RDS`; tags keep their prefix, as other columns may have their name. */
export function keyLabel(key: string): string {
  if (KEY_WORDS[key]) return KEY_WORDS[key]
  return key.startsWith('custom:') ? key.slice('custom:'.length) : key.replace(/^tag:/, 'tag ')
}

export function chargePeriodWords({ start, end }: Part['charge_period']): string {
  const hours = (new Date(end).getTime() - new Date(start).getTime()) / 3_600_000
  if (start.includes('T00:00:00') && hours === 24) return bucketTime(start)
  if (hours < 24 && start.slice(0, 10) === new Date(new Date(end).getTime() - 1).toISOString().slice(0, 10)) {
    return `${bucketTime(`${start.slice(0, 10)}T00:00:00Z`)}, ${start.slice(11, 16)} – ${end.slice(11, 16)} UTC`
  }
  if ([start, end].every((time) => time.includes('T00:00:00'))) {
    return describeRange({ from: start.slice(0, 10), to: end.slice(0, 10) })
  }
  return `${bucketTime(start)} to ${bucketTime(end)}`
}

/** A filter of a record in one line: `Shared RDS: Shared Data Lake · tag owner: frank or sandy`. */
export function filterWords(filter: Record<string, readonly string[]>): string {
  const words = Object.entries(filter).map(([key, values]) => `${keyLabel(key)}: ${values.join(' or ')}`)
  return words.length === 0 ? 'all cost' : words.join(' · ')
}

/** A share of a hundred for a sentence: `9.09 %`, and never 0 % or 100 % for what is not. */
export function percentWords(percent: string): string {
  const exact = new Exact(percent)
  const shown = exact.toDecimalPlaces(2)
  if (shown.isZero() && !exact.isZero()) return exact.gt(0) ? '<0.01 %' : '>−0.01 %'
  if (shown.eq(100) && exact.lt(100)) return '>99.99 %'
  return `${formatQuantity(shown.toFixed())} %`
}

/** When the values that counted are from: `3 Sep 2024`, `1 Aug 2024 to 1 Sep 2024`. */
export function driverTime({ from, to }: { from: string | null; to: string | null }): string | null {
  return from === null || to === null ? null : chargePeriodWords({ start: from, end: to })
}
