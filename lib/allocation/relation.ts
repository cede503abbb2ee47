import { METRICS, type Metric } from '../contract/common'
import { allocationsBehind, dependenciesOf, dependencyOrder, readsChargeStart } from '../costformation/graph'
import { type FilterKey, parseFilterKey } from '../costformation/source'
import type { Definition, Dimension } from '../costformation/tree'
import { ColumnNames } from './columns'
import { type ConditionColumn, conditionSql, groupedLines, type LineFilter, linesSql, whereSql } from './lines-sql'
import { reasonColumn, splitSql } from './split-relation'
import type { PlanStream } from './telemetry-sql'

export type { LineFilter } from './lines-sql'

export interface RelationInput {
  definition: Definition
  /** Streams whose granularity and keys are fixed, by name. */
  streams: ReadonlyMap<string, PlanStream>
  /** The dimension whose element each row gets; null: none. */
  target: string | null
  groupBy: readonly FilterKey[]
  filters: readonly LineFilter[]
  /** The cost lines that count, as a WHERE over cost_lines: current imports and days. */
  where: string
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
   * target `element` ('' = none) and `reason` (why not, '' where there is one). With an Allocation as target only the
   * pool's rows.
   */
  sql: string
  groupColumns: string[]
}

const FIXED = ['cs', 'ce', 'currency']
const MEASURES = [...METRICS, 'line_count']

class RelationBuilder {
  readonly names: ColumnNames
  readonly #input: RelationInput
  readonly #streamKeys: Map<string, string[]>
  readonly #dimensions: Map<string, Dimension>

  constructor(input: RelationInput) {
    this.#input = input
    this.names = new ColumnNames(input.definition)
    this.#streamKeys = new Map([...input.streams.values()].map((stream) => [stream.name, stream.filterKeys]))
    this.#dimensions = new Map(input.definition.dimensions.map((dimension) => [dimension.id, dimension]))
  }

  /** Every dimension that the request needs, dependencies first. */
  #needed(): Dimension[] {
    const { definition, target, groupBy, filters } = this.#input
    const asked = [
      target,
      ...[...groupBy, ...filters.map((filter) => filter.key)].map((key) => this.names.dimensionOf(key)),
    ]
    const needed = new Set<string>()
    for (const id of asked) {
      if (id === null) continue
      needed.add(id)
      for (const dependency of dependenciesOf(definition, id, this.#streamKeys)) needed.add(dependency)
    }
    return dependencyOrder(definition, this.#streamKeys)
      .filter((id) => needed.has(id))
      .map((id) => this.#dimensions.get(id))
      .filter((dimension) => dimension !== undefined && !dimension.disabled) as Dimension[]
  }

  /** Whether a split has a say in what is asked for. */
  isSplit(): boolean {
    return this.#needed().some((dimension) => this.#isSplit(dimension))
  }

  #isSplit(dimension: Dimension): boolean {
    return allocationsBehind(this.#input.definition, dimension.id, this.#streamKeys).length > 0
  }

  streamsOf(dimension: Dimension): PlanStream[] {
    if (dimension.type !== 'Allocation' || dimension.allocation.type !== 'AllocateByStreams') return []
    return dimension.allocation.streams
      .map((stream) => this.#input.streams.get(stream.value))
      .filter((stream) => stream !== undefined)
  }

  keyColumns(stream: PlanStream): string[] {
    return stream.filterKeys.map((text) => {
      const key = parseFilterKey(text)
      return 'error' in key ? "''" : this.names.key(key)
    })
  }

  build(): Relation {
    const { groupBy, filters, where, target } = this.#input
    const needed = this.#needed()
    const whole = needed.filter((dimension) => !this.#isSplit(dimension))
    const split = needed.filter((dimension) => this.#isSplit(dimension))
    const groupKeys = groupBy.map((key) => this.names.key(key))
    const conditions = filters.map((filter) => ({ ...filter, column: this.names.key(filter.key) }))
    const wholeColumns = new Set(whole.map((dimension) => this.names.dimension(dimension.id)))
    const isEarly = (column: string) => column.startsWith('s') || column === "''" || wholeColumns.has(column)
    // What later steps read off the grouped lines; compiling the rules notes the sources that the lines must give.
    const wholeRules = whole.map((dimension) => ({
      column: this.names.dimension(dimension.id),
      sql: this.names.rules(dimension),
    }))
    const targetColumn = target === null ? [] : [this.names.dimension(target)]
    const later = [
      ...groupKeys,
      ...targetColumn,
      ...split.flatMap((dimension) => (dimension.type === 'Grouping' ? this.names.usedBy(dimension) : [])),
      ...split.flatMap((dimension) => this.streamsOf(dimension).flatMap((stream) => this.keyColumns(stream))),
    ]
    const kept = [...new Set(later)].filter((column) => column !== "''" && isEarly(column))
    const early = conditions.filter(({ column }) => isEarly(column))
    const late = conditions.filter(({ column }) => !isEarly(column))

    const extra = this.#input.extra ?? []
    const sources = [...this.names.sourceExpressions(), ...extra]
    let columns = [...FIXED, ...extra.map(({ name }) => name), ...kept]
    let sql = groupedLines({ sources, rules: wholeRules, keys: columns, where, filters: early })
    for (const dimension of split) {
      const column = this.names.dimension(dimension.id)
      if (dimension.type === 'Grouping') {
        sql = `SELECT ${[...columns, ...MEASURES].join(', ')}, ${this.names.rules(dimension)} AS ${column} FROM (${sql})`
        columns = [...columns, column]
        continue
      }
      const streams = this.streamsOf(dimension).map((stream) => ({ stream, keyColumns: this.keyColumns(stream) }))
      const onlyPool = dimension.id === target
      sql = splitSql({ rows: sql, columns, measures: MEASURES, streams, column, where, onlyPool })
      columns = onlyPool ? [...columns, column, reasonColumn(column)] : [...columns, column]
    }
    return { sql: this.#final({ sql, groupKeys, late }), groupColumns: groupKeys.map((_, index) => `g${index}`) }
  }

  /** As rows of `extra, g0…, cost, lines`, in one pass over the cost lines: for what no split reaches. */
  buildUnsplitSums(metric: Metric): Relation {
    const { groupBy, filters, where, extra = [] } = this.#input
    const needed = this.#needed()
    const rules = needed.map((dimension) => ({
      column: this.names.dimension(dimension.id),
      sql: this.names.rules(dimension),
    }))
    const groups = groupBy.map((key, index) => ({ name: `g${index}`, sql: `toString(${this.names.key(key)})` }))
    const conditions = filters.map((filter) => conditionSql({ ...filter, column: this.names.key(filter.key) }))
    const sources = [...this.names.sourceExpressions(), ...extra]
    const lines = linesSql({ sources, rules, metrics: [metric], fixed: needed.some(readsChargeStart), where })
    const keys = [...extra.map(({ name }) => name), ...groups.map(({ name }) => name)]
    const selected = [
      ...extra.map(({ name }) => name),
      ...groups.map(({ name, sql }) => `${sql} AS ${name}`),
      `sum(ifNull(l.${metric}, 0)) AS cost`,
      'count() AS lines',
    ]
    const sql = `SELECT ${selected.join(', ')} FROM (${lines}) AS l${whereSql(conditions)}${keys.length > 0 ? ` GROUP BY ${keys.join(', ')}` : ''}`
    return { sql, groupColumns: groups.map(({ name }) => name) }
  }

  #final({ sql, groupKeys, late }: { sql: string; groupKeys: string[]; late: ConditionColumn[] }): string {
    const { target, extra = [] } = this.#input
    const isAllocation = target !== null && this.#dimensions.get(target)?.type === 'Allocation'
    const groups = groupKeys.map((column, index) => `toString(${column}) AS g${index}`)
    const column = target === null ? '' : this.names.dimension(target)
    const element = target === null ? [] : [`toString(${column}) AS element`]
    const why = isAllocation ? reasonColumn(column) : `if(toString(${column}) = '', 'not_in_dimension', '')`
    const reason = target === null ? [] : [`${why} AS reason`]
    const carried = extra.map(({ name }) => name)
    const selected = [...FIXED, ...MEASURES, ...carried, ...groups, ...element, ...reason].join(', ')
    return `SELECT ${selected} FROM (${sql})${whereSql(late.map(conditionSql))}`
  }
}

/** The cost lines of a request as rows of equal lines, with the elements that rules and splits give them. Pure: SQL out. */
export function buildRelation(input: RelationInput): Relation {
  return new RelationBuilder(input).build()
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
