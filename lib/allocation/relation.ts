import { METRICS, type Metric } from '../contract/common'
import { readsChargeStart } from '../costformation/graph'
import type { FilterKey } from '../costformation/source'
import type { AllocationDimension, Definition, Dimension } from '../costformation/tree'
import { isQuantity } from '../presentation/metrics'
import { ColumnNames } from './columns'
import { isAddedUpByDay, isToldByDay } from './days-told'
import { withHiddenDimensions } from './hidden-dimensions'
import { type ConditionColumn, conditionSql, groupedLines, type LineFilter, linesSql, whereSql } from './lines-sql'
import { type PlanKey, type PlanStream, planSplit, type SplitPlan } from './split-plan'
import { type CellsInForce, gapColumn, reasonColumn, splitSql } from './split-relation'

export type { LineFilter } from './lines-sql'

export interface RelationInput {
  definition: Definition
  /** Streams whose granularity and keys are fixed, by name. */
  streams: ReadonlyMap<string, PlanStream>
  /** What runs have stored of the splits. */
  cells: CellsInForce
  /** The dimension whose element each row gets; null: none. */
  target: string | null
  groupBy: readonly FilterKey[]
  filters: readonly LineFilter[]
  /** The cost lines that count, as a WHERE over cost_lines: current imports and days. */
  where: string
  /**
   * The same of the lines added up by day, as a WHERE over cost_days; null where there is none, or where hours matter to
   * the range or to `extra`.
   */
  days?: string | null
  /** Further columns read off the cost lines, which tell rows apart. */
  extra?: readonly ExtraColumn[]
}

/** `sql` over cost_lines; `name` must not be one that a relation gives itself. */
export interface ExtraColumn {
  name: string
  sql: string
}

export interface Relation {
  /**
   * Rows of equal lines: `cs, ce, currency, line_count`, the metrics, the extra columns, `g0…` for groupBy, and with a
   * target `element` ('' = none), `reason` (why not, '' where there is one) and `gap` (the policy that stepped in). With
   * an Allocation as target only the pool's rows.
   */
  sql: string
  groupColumns: string[]
}

const FIXED = ['cs', 'ce', 'currency']
const MEASURES = [...METRICS, 'line_count']

/** A dimension of a relation, with what it reads of the rows before it. */
interface Step {
  dimension: Dimension
  column: string
  isSplit: boolean
  /** With an Allocation. */
  plan: SplitPlan | null
  reads: string[]
}

interface Rows {
  sql: string
  columns: string[]
}

const hasRate = (dimension: Dimension) =>
  dimension.type === 'Allocation' &&
  dimension.allocation.type === 'AllocateByStreams' &&
  dimension.allocation.rate !== null

/** Whether a row without a value passes. */
const isOpen = ({ values, negate }: LineFilter) => values.includes('') !== negate

/**
 * Adds up rows that are equal: of one charge period and currency, and alike in every column that is asked for or that a
 * later step reads. What a split rounds is the cost of equal rows together, so that this is part of what it means.
 */
function regrouped({ sql, columns }: Rows): string {
  const sums = MEASURES.map((measure) => `sum(e.${measure}) AS ${measure}`).join(', ')
  return `SELECT ${columns.map((name) => `e.${name} AS ${name}`).join(', ')}, ${sums} FROM (${sql}) AS e GROUP BY ${columns.map((name) => `e.${name}`).join(', ')}`
}

class RelationBuilder {
  readonly names: ColumnNames
  readonly #input: RelationInput
  readonly #dimensions: Map<string, Dimension>
  readonly #plans = new Map<string, SplitPlan>()

  constructor(input: RelationInput) {
    const definition = withHiddenDimensions(input.definition)
    this.#input = input
    this.names = new ColumnNames(definition)
    this.#dimensions = new Map(definition.dimensions.map((dimension) => [dimension.id, dimension]))
  }

  planOf(dimension: AllocationDimension): SplitPlan {
    const known = this.#plans.get(dimension.id)
    if (known) return known
    const plan = planSplit({ dimension, streams: this.#input.streams })
    this.#plans.set(dimension.id, plan)
    return plan
  }

  keyColumn(key: PlanKey): string {
    if (key.kind === 'dimension') return this.names.dimension(key.id)
    return key.kind === 'billingMonth' ? this.names.billingMonth() : this.names.key(key.key)
  }

  /** The dimensions that give what a dimension reads of a row. */
  #dependencies(dimension: Dimension): string[] {
    if (dimension.disabled) return []
    if (dimension.type === 'Grouping') return this.names.dimensionsUsedBy(dimension)
    return this.planOf(dimension).keys.flatMap((key) => {
      if (key.kind === 'dimension') return [key.id]
      const id = key.kind === 'filter' ? this.names.dimensionOf(key.key) : null
      return id === null ? [] : [id]
    })
  }

  /** These dimensions and all that they read, dependencies first. */
  steps(asked: readonly (string | null)[]): Step[] {
    const steps = new Map<string, Step>()
    const visit = (id: string) => {
      const dimension = this.#dimensions.get(id)
      if (steps.has(id) || dimension === undefined || dimension.disabled) return
      const dependencies = this.#dependencies(dimension)
      for (const dependency of dependencies) visit(dependency)
      const plan = dimension.type === 'Allocation' ? this.planOf(dimension) : null
      steps.set(id, {
        dimension,
        column: this.names.dimension(id),
        isSplit: plan !== null || dependencies.some((dependency) => steps.get(dependency)?.isSplit),
        plan,
        reads: plan
          ? plan.keys.map((key) => this.keyColumn(key))
          : dimension.type === 'Grouping'
            ? this.names.usedBy(dimension)
            : [],
      })
    }
    for (const id of asked) if (id !== null) visit(id)
    return [...steps.values()]
  }

  #asked(): (string | null)[] {
    const { target, groupBy, filters } = this.#input
    return [target, ...[...groupBy, ...filters.map((filter) => filter.key)].map((key) => this.names.dimensionOf(key))]
  }

  /** Whether a split has a say in what is asked for. */
  isSplit(): boolean {
    return this.steps(this.#asked()).some(({ isSplit }) => isSplit)
  }

  /** Rows of equal lines with the columns of the steps, as far as later ones or `kept` want them. */
  #rows({ steps, kept, late }: { steps: readonly Step[]; kept: readonly string[]; late: ConditionColumn[] }): Rows {
    const { where, filters, extra = [], target, cells } = this.#input
    const whole = steps.filter(({ isSplit }) => !isSplit)
    const split = steps.filter(({ isSplit }) => isSplit)
    const splitColumns = new Set(split.map(({ column }) => column))
    const isColumn = (column: string) => column !== "''"
    const wholeRules = whole.map(({ column, dimension }) => ({ column, sql: this.names.rules(dimension) }))
    const wanted = new Set([...kept, ...late.map(({ column }) => column)].filter(isColumn))
    /** What is read after each of the split steps. */
    const readAfter = split.map(
      (_, index) => new Set([...wanted, ...split.slice(index + 1).flatMap(({ reads }) => reads)]),
    )
    const first = new Set([...wanted, ...split.flatMap(({ reads }) => reads)].filter(isColumn))
    const early = filters
      .map((filter) => ({ ...filter, column: this.names.key(filter.key) }))
      .filter(({ column }) => !splitColumns.has(column))
    const fixed = [...FIXED, ...extra.map(({ name }) => name)]
    let columns = [...fixed, ...[...first].filter((column) => !splitColumns.has(column))]
    const sources = [...this.names.sourceExpressions(), ...extra]
    let sql = groupedLines({ sources, rules: wholeRules, keys: columns, where, filters: early })
    for (const [index, { dimension, column, plan }] of split.entries()) {
      if (plan === null) {
        sql = `SELECT ${[...columns, ...MEASURES].join(', ')}, ${this.names.rules(dimension)} AS ${column} FROM (${sql})`
        columns = [...columns, column]
        continue
      }
      const onlyPool = dimension.id === target
      const keys = plan.keys.map((key) => this.keyColumn(key))
      const isForBalance = early.every((filter) => isOpen(filter) || keys.includes(filter.column))
      sql = splitSql({
        ...{ rows: sql, columns, measures: MEASURES, cells, column, onlyPool, keys, dimensionId: dimension.id },
        otherwise: dimension.defaultValue ?? '',
        // Who asks for a service, an account… asks for cost lines.
        balance: hasRate(dimension) && isForBalance ? { extra: extra.map(({ name }) => name) } : null,
      })
      if (onlyPool) {
        for (const name of [column, reasonColumn(column), gapColumn(column)]) fixed.push(name)
      }
      // What is equal from here on is one row: a chain of splits does not multiply rows by every element before it.
      columns = [...columns, ...(onlyPool ? fixed.slice(-3) : [column])].filter(
        (name) => fixed.includes(name) || readAfter[index]?.has(name),
      )
      if (onlyPool && index === split.length - 1) continue
      sql = regrouped({ sql, columns })
    }
    return { sql, columns }
  }

  build(): Relation {
    const { groupBy, filters, target, extra = [] } = this.#input
    const steps = this.steps(this.#asked())
    const splitColumns = new Set(steps.filter(({ isSplit }) => isSplit).map(({ column }) => column))
    const groupKeys = groupBy.map((key) => this.names.key(key))
    const targetColumn = target === null ? [] : [this.names.dimension(target)]
    const late = filters
      .map((filter) => ({ ...filter, column: this.names.key(filter.key) }))
      .filter(({ column }) => splitColumns.has(column))
    const { sql } = this.#rows({ steps, kept: [...groupKeys, ...targetColumn], late })
    const isAllocation = target !== null && this.#dimensions.get(target)?.type === 'Allocation'
    const groups = groupKeys.map((column, index) => `toString(${column}) AS g${index}`)
    const column = target === null ? '' : this.names.dimension(target)
    const element = target === null ? [] : [`toString(${column}) AS element`]
    const why = isAllocation
      ? [`${reasonColumn(column)} AS reason`, `${gapColumn(column)} AS gap`]
      : [`if(toString(${column}) = '', 'not_in_dimension', '') AS reason`, "'' AS gap"]
    const carried = extra.map(({ name }) => name)
    const selected = [...FIXED, ...MEASURES, ...carried, ...groups, ...element, ...(target === null ? [] : why)]
    return {
      sql: `SELECT ${selected.join(', ')} FROM (${sql})${whereSql(late.map(conditionSql))}`,
      groupColumns: groupKeys.map((_, index) => `g${index}`),
    }
  }

  /** What a split is told apart by: rows of `cs, ce, currency, keys, line_count` and the metrics, each once. */
  buildCells(dimension: AllocationDimension): string {
    const steps = this.steps([dimension.id]).filter((step) => step.dimension.id !== dimension.id)
    const keys = this.planOf(dimension).keys.map((key) => this.keyColumn(key))
    const { sql } = this.#rows({ steps, kept: keys, late: [] })
    return regrouped({
      sql: `SELECT ${[...FIXED, ...MEASURES].join(', ')}, [${keys.map((key) => `toString(${key})`).join(', ')}]::Array(String) AS keys FROM (${sql})`,
      columns: [...FIXED, 'keys'],
    })
  }

  /** As rows of `extra, g0…, cost, lines`, in one pass over the cost lines: for what no split reaches. */
  buildUnsplitSums(metric: Metric): Relation {
    const { groupBy, filters, where, days = null, extra = [] } = this.#input
    const needed = this.steps(this.#asked()).map(({ dimension }) => dimension)
    const rules = needed.map((dimension) => ({
      column: this.names.dimension(dimension.id),
      sql: this.names.rules(dimension),
    }))
    const groups = groupBy.map((key, index) => ({ name: `g${index}`, column: this.names.key(key) }))
    const conditions = filters.map((filter) => conditionSql({ ...filter, column: this.names.key(filter.key) }))
    const sources = [...this.names.sourceExpressions(), ...extra]
    const fixed = needed.some(readsChargeStart)
    const isByDay = days !== null && !fixed && isAddedUpByDay(metric) && this.names.areAll(isToldByDay)
    const from = isByDay ? ({ table: 'cost_days', where: days } as const) : ({ table: 'cost_lines', where } as const)
    const lines = linesSql({ sources, rules, metrics: [metric], fixed, ...from })
    // By the columns as they are: in the order of the table that needs no hashing, and a dictionary stays one.
    const keys = [
      ...extra.map(({ name }) => name),
      ...groups.map(({ name, column }) => (column === "''" ? name : column)),
    ]
    const selected = [
      ...extra.map(({ name }) => name),
      ...groups.map(({ name, column }) => `toString(${column}) AS ${name}`),
      `sum(${isQuantity(metric) ? `toDecimal256(ifNull(l.${metric}, 0), 18)` : `ifNull(l.${metric}, 0)`}) AS cost`,
      `${isByDay ? 'sum(l.line_count)' : 'count()'} AS lines`,
    ]
    const sql = `SELECT ${selected.join(', ')} FROM (${lines}) AS l${whereSql(conditions)}${keys.length > 0 ? ` GROUP BY ${keys.join(', ')}` : ''}`
    return { sql, groupColumns: groups.map(({ name }) => name) }
  }
}

/** The cost lines of a request as rows of equal lines, with the elements that rules and splits give them. Pure: SQL out. */
export function buildRelation(input: RelationInput): Relation {
  return new RelationBuilder(input).build()
}

/** The rows that a split weighs: equal lines of the pool and beside it, by what its drivers ask of them. */
export function buildCells({
  dimension,
  ...input
}: Pick<RelationInput, 'definition' | 'streams' | 'cells' | 'where'> & { dimension: AllocationDimension }): string {
  return new RelationBuilder({ ...input, target: null, groupBy: [], filters: [] }).buildCells(dimension)
}

/**
 * Sums of one metric: rows of the extra columns, `g0…` for groupBy, `cost` and `lines`, each combination once. Cost that
 * no split reaches is added up in one pass over few columns; the rest by way of the relation.
 */
export function buildSums({ metric, ...input }: Omit<RelationInput, 'target'> & { metric: Metric }): Relation {
  const builder = new RelationBuilder({ ...input, target: null })
  if (!builder.isSplit()) return builder.buildUnsplitSums(metric)
  const { sql, groupColumns } = builder.build()
  const keys = [...(input.extra ?? []).map(({ name }) => name), ...groupColumns]
  const selected = [
    ...keys.map((name) => `r.${name} AS ${name}`),
    `sum(r.${metric}) AS cost`,
    'sum(r.line_count) AS lines',
  ]
  return {
    sql: `SELECT ${selected.join(', ')} FROM (${sql}) AS r${keys.length > 0 ? ` GROUP BY ${keys.map((name) => `r.${name}`).join(', ')}` : ''}`,
    groupColumns,
  }
}
