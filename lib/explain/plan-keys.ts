import { withHiddenDimensions } from '../allocation/hidden-dimensions'
import type { LineFilter } from '../allocation/relation'
import type { PlanKey, SplitPlan } from '../allocation/split-plan'
import { type FilterKey, filterKeyText, type Source } from '../costformation/source'
import type { Definition, Dimension } from '../costformation/tree'

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
