import { FOCUS_DECIMAL_COLUMNS, FOCUS_STRING_COLUMNS, FOCUS_TIME_COLUMNS } from '../../costformation/focus-columns'
import type { FormatName } from './line-plan'

type Detected = Exclude<FormatName, 'mapping'>

interface Signature {
  format: Detected
  label: string
  /** Folded names without which a file of the format has no cost, time or currency. */
  required: readonly string[]
  /** Whether a folded name belongs to the format. */
  isOwn: (name: string) => boolean
}

/** Lower case, and AWS's two spellings as one: `lineItem/UsageStartDate` and `line_item_usage_start_date`. */
export function fold(name: string): string {
  return name
    .replace(/^\uFEFF/, '')
    .trim()
    .replace(/^["']|["']$/g, '')
    .trim()
    .toLowerCase()
}

const FOCUS_NAMES = new Set(
  [...FOCUS_STRING_COLUMNS, ...FOCUS_DECIMAL_COLUMNS, ...FOCUS_TIME_COLUMNS].map((name) => name.toLowerCase()),
)

const SIGNATURES: readonly Signature[] = [
  {
    format: 'focus',
    label: 'FOCUS',
    required: ['BilledCost', 'BillingCurrency', 'BillingPeriodStart', 'ChargePeriodStart', 'ChargePeriodEnd'],
    isOwn: (name) => FOCUS_NAMES.has(name),
  },
  {
    format: 'cur',
    label: 'an AWS CUR',
    required: ['lineItem/UnblendedCost', 'lineItem/UsageStartDate'],
    isOwn: (name) => /^(identity|bill|lineitem|product|pricing|reservation|savingsplan|resourcetags)\//.test(name),
  },
  {
    format: 'cur2',
    label: 'an AWS CUR 2.0',
    required: ['line_item_unblended_cost', 'line_item_usage_start_date'],
    isOwn: (name) =>
      /^(identity|bill|line_item|product|pricing|reservation|savings_plan|resource_tags|cost_category)_/.test(name),
  },
  {
    format: 'cbf',
    label: 'CloudZero CBF',
    required: ['time/usage_start', 'cost/cost'],
    isOwn: (name) =>
      /^(time|cost|resource|action|usage|bill|k8s)\/|^lineitem\/(id|type|description|cloud_provider)$/.test(name),
  },
]

/** The format whose columns a header names; null for none. */
export function detectFormat(header: readonly string[]): Detected | null {
  const names = new Set(header.map(fold))
  const whole = SIGNATURES.find(({ required }) => required.every((name) => names.has(name.toLowerCase())))
  return whole?.format ?? null
}

/** What a header that is none of the formats comes nearest to, and what it lacks. */
export function nearestFormat(header: readonly string[]): string {
  const names = [...new Set(header.map(fold))]
  const scored = SIGNATURES.map((signature) => ({
    ...signature,
    own: names.filter(signature.isOwn).length,
    missing: signature.required.filter((name) => !names.includes(name.toLowerCase())),
  }))
  const best = scored.reduce((first, second) => (second.own > first.own ? second : first))
  return best.own >= 3 || best.missing.length < best.required.length
    ? `This looks like ${best.label}, but the header lacks ${best.missing.join(', ')}.`
    : 'This is no bill in a known format: the first line should be a header.'
}
