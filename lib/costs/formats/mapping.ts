import type { Mapping } from '../../contract/import-profiles'
import { AppError } from '../../errors'
import { assemble } from './assemble'
import { floatWarnings, nameAttributes } from './attributes'
import { cost } from './decimal'
import { findFocus, isCost, presence } from './focus'
import { type HeaderColumn, shownHeader } from './header'
import type { LinePlan, Value } from './line-plan'
import { localDecimal } from './local-number'
import { localTime } from './local-time'
import { endOf, monthValues } from './periods'
import { constant, plain } from './sql'
import { mapOfColumns, mapOfPairs, tagPairs } from './tags'
import { text } from './text'

/** FOCUS columns of the mapping's own fields that are text. */
const TEXTS = {
  service: 'ServiceName',
  account: 'SubAccountId',
  region: 'RegionId',
  resource: 'ResourceId',
  charge_category: 'ChargeCategory',
  description: 'ChargeDescription',
} as const satisfies Partial<Record<keyof Mapping, string>>

const TEXT_FIELDS = Object.keys(TEXTS) as (keyof typeof TEXTS)[]

/** Remembers which columns were asked for; throws AppError('unprocessable') for one that is not there, or twice. */
function finder(header: readonly HeaderColumn[]) {
  const used = new Set<HeaderColumn>()
  const find = (name: string): HeaderColumn => {
    const wanted = name.trim()
    const same = header.filter((column) => column.name === wanted)
    const alike = same.length > 0 ? same : header.filter((column) => column.name.toLowerCase() === wanted.toLowerCase())
    const [first, second] = alike
    if (second) throw new AppError('unprocessable', `The header names the column ${second.name} twice.`)
    if (!first) {
      const names = header.map((column) => column.name)
      throw new AppError(
        'unprocessable',
        `The mapping names the column "${wanted}", which the header lacks. Seen: ${shownHeader(names)}.`,
      )
    }
    used.add(first)
    return first
  }
  return { find, used }
}

/**
 * Any table, by a mapping of its columns. BilledCost is the mapping's cost, and the other costs are it too where no column
 * is named for them; the billing month is that of the period's start. Columns that the mapping leaves out are attributes.
 */
export function planMapping({ header, mapping }: { header: readonly HeaderColumn[]; mapping: Mapping }): LinePlan {
  const { find, used } = finder(header)
  const named = new Map<string, Value>(
    Object.entries(mapping.columns).map(([name, from]) => {
      const focus = findFocus(name)
      if (!focus) throw new AppError('unprocessable', `The mapping names ${name}, which is no FOCUS column.`)
      return [focus.name, focusValue({ name: focus.name, column: find(from), mapping })]
    }),
  )
  const values = new Map<string, Value>([
    ...costValues({ mapping, find }),
    ...periodValues({ mapping, find }),
    ...textValues({ mapping, find }),
    ...tagValues({ mapping, find }),
    ...named,
  ])
  const start = mapping.columns.BillingPeriodStart
  if (start) values.set('BillingMonth', plain(localTime({ column: find(start), format: mapping.time_format }).month))
  const attributes = nameAttributes({ columns: header.filter((column) => !used.has(column)) })
  if (attributes.length > 0) values.set('Attributes', plain(mapOfColumns(attributes)))
  return assemble({ format: 'mapping', values, warnings: floatWarnings([...used]) })
}

type Find = (name: string) => HeaderColumn

function focusValue({ name, column, mapping }: { name: string; column: HeaderColumn; mapping: Mapping }): Value {
  switch (findFocus(name)?.kind) {
    case 'decimal': {
      const value = localDecimal({ column, mark: mapping.decimal_mark })
      return isCost(name) ? cost(value) : value
    }
    case 'time':
      return localTime({ column, format: mapping.time_format, isRequired: name !== 'BillingPeriodEnd' })
    case 'tags': {
      const { sql, checks } = tagPairs(column)
      return { sql: mapOfPairs(sql), checks }
    }
    default:
      return plain(text(column))
  }
}

function costValues({ mapping, find }: { mapping: Mapping; find: Find }): [string, Value][] {
  const mark = mapping.decimal_mark
  const billed = cost(localDecimal({ column: find(mapping.cost), mark, isRequired: true }))
  const orBilled = (name: string | undefined): Value => {
    if (name === undefined) return plain(billed.sql)
    const value = localDecimal({ column: find(name), mark })
    return { ...value, sql: `ifNull(${value.sql}, ${billed.sql})` }
  }
  return [
    ['BilledCost', billed],
    ['EffectiveCost', orBilled(mapping.effective_cost)],
    ['ListCost', orBilled(mapping.list_cost)],
    ['ContractedCost', orBilled(mapping.contracted_cost)],
  ]
}

function periodValues({ mapping, find }: { mapping: Mapping; find: Find }): [string, Value][] {
  const format = mapping.time_format
  const start = localTime({ column: find(mapping.period_start), format, isRequired: true })
  const end = mapping.period_end ? localTime({ column: find(mapping.period_end), format }) : null
  return [
    ['ChargePeriodStart', start],
    ['ChargePeriodEnd', endOf({ start, end, granularity: mapping.granularity })],
    ...monthValues(start.month),
  ]
}

function textValues({ mapping, find }: { mapping: Mapping; find: Find }): [string, Value][] {
  const texts = TEXT_FIELDS.flatMap((field): [string, Value][] => {
    const name = mapping[field]
    return name === undefined ? [] : [[TEXTS[field], plain(text(find(name)))]]
  })
  return [['ChargeCategory', constant('Usage')], ...texts, ['BillingCurrency', currency({ mapping, find })]]
}

function currency({ mapping, find }: { mapping: Mapping; find: Find }): Value {
  if ('code' in mapping.currency) return constant(mapping.currency.code.toUpperCase())
  const column = find(mapping.currency.column)
  return { sql: `upper(trim(BOTH ' ' FROM ${text(column)}))`, checks: [presence(column)] }
}

function tagValues({ mapping, find }: { mapping: Mapping; find: Find }): [string, Value][] {
  const { tags } = mapping
  if (!tags) return []
  if ('json' in tags) {
    const { sql, checks } = tagPairs(find(tags.json))
    return [['Tags', { sql: mapOfPairs(sql), checks }]]
  }
  const columns = tags.columns.map(({ column, key }) => ({ key, column: find(column) }))
  return columns.length > 0 ? [['Tags', plain(mapOfColumns(columns))]] : []
}
