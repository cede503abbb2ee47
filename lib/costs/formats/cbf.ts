import type { Mapping } from '../../contract/import-profiles'
import { AppError } from '../../errors'
import { assemble } from './assemble'
import { customName, floatWarnings, nameAttributes } from './attributes'
import { cost, decimal } from './decimal'
import { presence } from './focus'
import { type HeaderColumn, indexHeader, shownHeader } from './header'
import type { LinePlan, Value } from './line-plan'
import { endOf, monthValues } from './periods'
import { constant, plain } from './sql'
import { joinMaps, mapOfColumns, mapOfPairs, tagPairs } from './tags'
import { text } from './text'
import { time } from './time'

const REQUIRED = ['cost/cost', 'time/usage_start'] as const

/** Columns of CBF that a line keeps as text in a FOCUS column. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  'lineitem/description': ['ChargeDescription'],
  'lineitem/cloud_provider': ['ProviderName', 'ServiceProviderName'],
  'resource/id': ['ResourceId'],
  'resource/service': ['ServiceName'],
  'resource/account': ['SubAccountId'],
  'resource/region': ['RegionId'],
  'usage/units': ['ConsumedUnit', 'PricingUnit'],
  'bill/invoice_id': ['InvoiceId'],
}

/** Costs by FOCUS column: the first of these columns that the line has a value in. */
const COSTS: readonly [column: string, from: readonly string[]][] = [
  ['EffectiveCost', ['cost/discounted_amortized_cost', 'cost/amortized_cost', 'cost/cost']],
  ['ListCost', ['cost/on_demand_cost', 'cost/cost']],
  ['ContractedCost', ['cost/discounted_cost', 'cost/cost']],
]

/** Columns whose attribute is named otherwise than by their words. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  'lineitem/id': 'x_LineItemId',
  'lineitem/type': 'x_LineItemType',
  'action/operation': 'x_Operation',
  'action/usage_type': 'x_UsageType',
  'resource/usage_family': 'x_UsageFamily',
  'cost/amortized_cost': 'x_AmortizedCost',
  'k8s/cluster': 'x_K8sCluster',
  'k8s/namespace': 'x_K8sNamespace',
  'k8s/deployment': 'x_K8sWorkload',
  'k8s/workload': 'x_K8sWorkload',
}

const TAG = /^resource\/tag:(.+)$/is
const LABEL = /^k8s\/labels?:(.+)$/is

/** Line types of CBF, folded, by what they are in FOCUS; without a type a line is usage. */
const CATEGORIES: readonly [category: string, types: readonly string[]][] = [
  ['Usage', ['', 'usage', 'discountedusage', 'committeduseusage', 'coveredusage']],
  ['Purchase', ['purchase', 'committedusepurchase', 'fee', 'support', 'subscription']],
  ['Tax', ['tax']],
  ['Credit', ['credit']],
]

function categorySql(type: string): string {
  const folded = `lower(replaceAll(replaceAll(${type}, '_', ''), ' ', ''))`
  const cases = CATEGORIES.map(
    ([name, types]) => `${folded} IN (${types.map((one) => `'${one}'`).join(', ')}), '${name}'`,
  )
  return `multiIf(${cases.join(', ')}, 'Adjustment')`
}

function attributeName(column: HeaderColumn): string {
  const known = ATTRIBUTES[column.name.toLowerCase()]
  if (known) return known
  const label = LABEL.exec(column.name)?.[1]
  if (label) return `x_K8sLabel:${label}`
  if (!column.name.includes('/')) return customName(column)
  const words = column.name.split(/[/_\s]+/).filter(Boolean)
  return `x_${words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join('')}`
}

/**
 * CloudZero Common Bill Format (docs.cloudzero.com, "Common Bill Format"). It names no currency: the profile's counts,
 * else USD. A line without time/usage_end lasts as long as the profile says; else a day if it starts at midnight, an hour
 * if it starts within a day. Throws AppError('unprocessable') without cost or time.
 */
export function planCbf({ header, profile }: { header: readonly HeaderColumn[]; profile?: Mapping }): LinePlan {
  const isWord = ({ name }: HeaderColumn) => !TAG.test(name) && !LABEL.test(name)
  const found = indexHeader(header, (column) =>
    isWord(column) && /\//.test(column.name) ? column.name.toLowerCase() : null,
  )
  const start = found.get('time/usage_start')
  const billed = found.get('cost/cost')
  if (!start || !billed) {
    const missing = REQUIRED.filter((name) => !found.has(name))
    throw new AppError(
      'unprocessable',
      `This is no CloudZero CBF: the header lacks ${missing.join(', ')}. Seen: ${shownHeader(header.map(({ name }) => name))}.`,
    )
  }
  const from = time({ column: start, isRequired: true })
  const end = found.get('time/usage_end')
  const values = new Map<string, Value>([
    ['ChargePeriodStart', from],
    [
      'ChargePeriodEnd',
      endOf({ start: from, end: end ? time({ column: end }) : null, granularity: profile?.granularity ?? null }),
    ],
    ...monthValues(from.month),
    ...costValues({ found, billed }),
    ...textValues({ header, found, profile }),
    ...mapValues({ header, found }),
  ])
  return assemble({ format: 'cbf', values, warnings: [...warningsOf({ found, profile }), ...floatWarnings(header)] })
}

function costValues({
  found,
  billed,
}: {
  found: ReadonlyMap<string, HeaderColumn>
  billed: HeaderColumn
}): [string, Value][] {
  const main = cost(decimal({ column: billed, isRequired: true }))
  const number = (name: string) => {
    const column = found.get(name)
    return column ? [name === 'cost/cost' ? main : decimal({ column })] : []
  }
  const [amount] = number('usage/amount')
  return [
    ['BilledCost', main],
    ...COSTS.map(([name, from]): [string, Value] => {
      const read = from.flatMap(number)
      return [
        name,
        { sql: `coalesce(${read.map(({ sql }) => sql).join(', ')})`, checks: read.flatMap(({ checks }) => checks) },
      ]
    }),
    ...(amount
      ? ([
          ['ConsumedQuantity', amount],
          ['PricingQuantity', amount],
        ] satisfies [string, Value][])
      : []),
  ]
}

function textValues({
  header,
  found,
  profile,
}: {
  header: readonly HeaderColumn[]
  found: ReadonlyMap<string, HeaderColumn>
  profile: Mapping | undefined
}): [string, Value][] {
  const texts = Object.entries(TEXTS).flatMap(([name, names]) => {
    const column = found.get(name)
    return column ? names.map((focus): [string, Value] => [focus, plain(text(column))]) : []
  })
  const type = found.get('lineitem/type')
  const code = profile && 'code' in profile.currency ? profile.currency.code.toUpperCase() : 'USD'
  const named = currencyColumn({ header, profile })
  return [
    ...texts,
    ['ChargeCategory', type ? plain(categorySql(text(type))) : constant('Usage')],
    ['BillingCurrency', named ? { sql: text(named), checks: [presence(named)] } : constant(code)],
  ]
}

/** A column that the profile names; CBF itself has none. */
function currencyColumn({
  header,
  profile,
}: {
  header: readonly HeaderColumn[]
  profile: Mapping | undefined
}): HeaderColumn | undefined {
  if (!profile || !('column' in profile.currency)) return undefined
  const wanted = profile.currency.column.toLowerCase()
  return header.find(({ name }) => name.toLowerCase() === wanted)
}

function mapValues({
  header,
  found,
}: {
  header: readonly HeaderColumn[]
  found: ReadonlyMap<string, HeaderColumn>
}): [string, Value][] {
  const tags = nameAttributes({
    columns: header.filter(({ name }) => TAG.test(name)),
    nameOf: ({ name }) => TAG.exec(name)?.[1] ?? name,
  })
  const labels = found.get('k8s/labels')
  const labelPairs = labels ? tagPairs(labels) : null
  // The amortized cost is kept where the discounted one stands for it.
  const costs = COSTS.flatMap(([, from]) => from).filter(
    (name) => name !== 'cost/amortized_cost' || !found.has('cost/discounted_amortized_cost'),
  )
  const placed = new Set(
    [...costs, ...Object.keys(TEXTS), 'time/usage_start', 'time/usage_end', 'usage/amount', 'k8s/labels'].map((name) =>
      found.get(name),
    ),
  )
  const attributes = nameAttributes({
    columns: header.filter((column) => !placed.has(column) && !TAG.test(column.name)),
    nameOf: attributeName,
  })
  const maps = [
    ...(attributes.length > 0 ? [mapOfColumns(attributes)] : []),
    ...(labelPairs ? [mapOfPairs(`arrayMap(kv -> (concat('x_K8sLabel:', kv.1), kv.2), ${labelPairs.sql})`)] : []),
  ]
  const values: [string, Value][] = []
  if (tags.length > 0) values.push(['Tags', plain(mapOfColumns(tags))])
  if (maps.length > 0) values.push(['Attributes', { sql: joinMaps(maps), checks: labelPairs?.checks ?? [] }])
  return values
}

function warningsOf({
  found,
  profile,
}: {
  found: ReadonlyMap<string, HeaderColumn>
  profile: Mapping | undefined
}): string[] {
  return [
    ...(profile ? [] : ['CBF names no currency: its costs are taken as USD.']),
    ...(found.has('time/usage_end') || profile
      ? []
      : ['The file has no time/usage_end: a line that starts at midnight lasts a day, any other an hour.']),
  ]
}
