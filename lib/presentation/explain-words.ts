import type { Explanation } from '@/lib/contract/allocations'
import { bucketTime } from './relative-time'

type Part = Explanation['parts'][number]

/** `1 cost line`, `12 cost lines`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`
}

/** The values that the lines share, as a reader says it: `Shared RDS is Shared Data Lake and owner is empty`. */
export function matchWords(matchedOn: Part['matched_on']): string {
  return Object.entries(matchedOn)
    .map(([key, value]) => `${keyLabel(key)} is ${value === null || value === '' ? 'empty' : `“${value}”`}`)
    .join(' and ')
}

/** `custom:Shared RDS` → `Shared RDS`; tags keep their prefix, as other columns may have their name. */
export function keyLabel(key: string): string {
  return key.startsWith('custom:') ? key.slice('custom:'.length) : key.replace(/^tag:/, 'tag ')
}

export function chargePeriodWords({ start, end }: Part['charge_period']): string {
  const hours = (new Date(end).getTime() - new Date(start).getTime()) / 3_600_000
  if (start.includes('T00:00:00') && hours === 24) return bucketTime(start)
  if (hours < 24 && start.slice(0, 10) === new Date(new Date(end).getTime() - 1).toISOString().slice(0, 10)) {
    return `${bucketTime(`${start.slice(0, 10)}T00:00:00Z`)}, ${start.slice(11, 16)} – ${end.slice(11, 16)} UTC`
  }
  return `${bucketTime(start)} to ${bucketTime(end)}`
}

/** A filter of a record in one line: `Shared RDS: Shared Data Lake · tag owner: frank or sandy`. */
export function filterWords(filter: Record<string, readonly string[]>): string {
  const words = Object.entries(filter).map(([key, values]) => `${keyLabel(key)}: ${values.join(' or ')}`)
  return words.length === 0 ? 'all cost' : words.join(' · ')
}
