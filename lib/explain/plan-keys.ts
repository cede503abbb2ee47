import { poolConditions, withHiddenDimensions } from '../allocation/hidden-dimensions'
import type { LineFilter } from '../allocation/relation'
import type { PlanKey, SplitPlan } from '../allocation/split-plan'
import { type FilterKey, filterKeyText, type Source } from '../costformation/source'
import type { Condition, Definition, Dimension } from '../costformation/tree'
import type { LinkFilter } from './links'

/** A key of a plan, as an explanation names it. */
export interface ExplainedKey {
  key: PlanKey
  /** A filter key, or words; null: it only says that a line is in the pool, and is not shown. */
  label: string | null
  /** Whether `label` is a key that the explorer can filter by the same values. */
  isFilter: boolean
}

function sourceText(source: Source, names: ReadonlyMap<string, string>): string {
  if (source.kind !== 'dimension') return filterKeyText(source)
  return filterKeyText({ kind: 'dimensionName', name: names.get(source.id) ?? source.id })
}

type Names = ReadonlyMap<string, string>

/** A condition as filters of the explorer; null: there are none that say it. */
function filtersOf(condition: Condition, names: Names): LinkFilter[] | null {
  if (condition.type === 'And') {
    const parts = condition.conditions.map((each) => filtersOf(each, names))
    // Two filters of one key would be taken for either.
    const keys = parts.map((part) => new Set((part ?? []).map(([key]) => key)))
    const isPlain =
      keys.every(({ size }) => size === 1) && new Set(keys.flatMap((own) => [...own])).size === keys.length
    return isPlain ? parts.flatMap((part) => part ?? []) : null
  }
  if (condition.type !== 'Equals') return null
  const { references, transforms } = condition.sources
  const [only, ...others] = references
  if (!only || others.length > 0 || transforms.length > 0) return null
  return condition.values.map(({ value }) => [sourceText(only.source, names), value])
}

const anyOf = (conditions: readonly Condition[], names: Names): LinkFilter[] | null => {
  const [first, ...others] = conditions
  if (first === undefined) return []
  return others.length > 0 ? null : filtersOf(first, names)
}

/** Filters of the explorer that pick the lines of a split's own pool; null: no filter can say what its conditions do. */
export function poolFilters({ plan, definition }: { plan: SplitPlan; definition: Definition }): LinkFilter[] | null {
  const names = new Map(definition.dimensions.map(({ id, name }) => [id, name]))
  return anyOf(poolConditions(plan.dimension) ?? [], names)
}

/** Filters that pick the lines that are set apart, or the others; null: there are none that do. */
export function apartFilters({
  plan,
  definition,
  isApart,
}: {
  plan: SplitPlan
  definition: Definition
  isApart: boolean
}): LinkFilter[] | null {
  const names = new Map(definition.dimensions.map(({ id, name }) => [id, name]))
  const filters = anyOf(plan.dimension.setApart, names)
  if (filters === null || isApart) return filters
  const isOneKey = new Set(filters.map(([key]) => key)).size <= 1
  return isOneKey ? filters.map(([key, value]) => [key, value, true]) : null
}

/** The partitions of ForEachElementOf: called by the sources that give them. */
function partitionOf(dimension: Dimension | undefined, names: ReadonlyMap<string, string>) {
  const rules = dimension?.type === 'Grouping' ? dimension.rules : []
  const sources = rules.flatMap((rule) => (rule.type === 'Group' ? [] : rule.sources.references))
  const label = [...new Set(sources.map(({ source }) => sourceText(source, names)))].join(', ') || 'partition'
  const [only] = rules
  const isPlain =
    rules.length === 1 && only?.type === 'GroupBy' && sources.length === 1 && only.sources.transforms.length === 0
  return { label, isFilter: isPlain && only.format.length === 1 }
}

/** The keys of a plan, in its order. */
export function explainKeys({ plan, definition }: { plan: SplitPlan; definition: Definition }): ExplainedKey[] {
  const names = new Map(definition.dimensions.map(({ id, name }) => [id, name]))
  const hidden = new Map(withHiddenDimensions(definition).dimensions.map((dimension) => [dimension.id, dimension]))
  const sources = [...plan.drivers, ...plan.fallbacks].map(({ source }) => source)
  const parts = new Set(
    sources.flatMap((source) => (source.kind === 'rules' && source.part !== null ? [source.part] : [])),
  )
  return plan.keys.map((key, index) => {
    if (key.kind === 'billingMonth') return { key, label: 'billing month', isFilter: false }
    if (key.kind === 'filter') return { key, label: filterKeyText(key.key), isFilter: true }
    return parts.has(index) ? { key, ...partitionOf(hidden.get(key.id), names) } : { key, label: null, isFilter: false }
  })
}

export interface LineKeys {
  groupBy: FilterKey[]
  extra: { name: string; sql: string }[]
  /** What lines of cells with these keys have in common; it lets others pass. */
  filtersOf: (cells: readonly (readonly string[])[]) => LineFilter[]
  /** The plan's keys over the rows of a relation with these groups, as an array of texts. */
  sql: string
}

/** How a relation tells lines apart as the cells of a plan do; its further groups come after these. */
export function lineKeys(plan: SplitPlan): LineKeys {
  const groupBy: FilterKey[] = []
  const extra: LineKeys['extra'] = []
  const places: number[] = []
  const columns = plan.keys.map((key, place) => {
    if (key.kind === 'billingMonth') {
      extra.push({ name: 'bill_month', sql: 'toString(BillingMonth)' })
      return 'r.bill_month'
    }
    places.push(place)
    groupBy.push(key.kind === 'filter' ? key.key : { kind: 'dimensionName', name: key.id })
    return `r.g${groupBy.length - 1}`
  })
  const filtersOf: LineKeys['filtersOf'] = (cells) =>
    groupBy.map((key, index) => {
      const place = places[index] ?? 0
      return { key, values: [...new Set(cells.map((values) => values[place] ?? ''))], negate: false }
    })
  return { groupBy, extra, filtersOf, sql: `[${columns.join(', ')}]::Array(String)` }
}
