import { ColumnNames } from '../../allocation/columns'
import type { Metric } from '../../contract/common'
import type { Condition, Definition, Dimension } from '../../costformation/tree'

/** A definition's side of a comparison: the dimensions to compute, dependencies first, none behind a split. */
export interface Side {
  definition: Definition
  needed: readonly Dimension[]
}

interface Compiled {
  /** Whether a rule compares the start of the line's charge, which compiled rules call `cs`. */
  readsStart: boolean
  sources: { name: string; sql: string }[]
  rules: { column: string; sql: string }[]
  columnOf: (id: string) => string
}

function comparesStart(condition: Condition): boolean {
  if ('conditions' in condition) return condition.conditions.some(comparesStart)
  return condition.type === 'ForDateRange' || ('date' in condition && condition.sources === null)
}

const readsStart = (dimension: Dimension): boolean =>
  dimension.type === 'Grouping' && dimension.rules.some((rule) => rule.conditions.some(comparesStart))

function compile({ definition, needed }: Side): Compiled {
  const names = new ColumnNames(definition)
  const rules = needed.map((dimension) => ({ column: names.dimension(dimension.id), sql: names.rules(dimension) }))
  const computed = new Set(needed.map(({ id }) => id))
  return {
    readsStart: needed.some(readsStart),
    sources: names.sourceExpressions(),
    rules,
    columnOf: (id) => (computed.has(id) ? `toString(${names.dimension(id)})` : "''"),
  }
}

/** Rows with a definition's rules applied, its elements as `wanted` names them. */
function applyRules({
  rows,
  side,
  kept,
  shared,
  wanted,
}: {
  rows: string
  side: Compiled
  kept: readonly string[]
  shared: ReadonlyMap<string, string>
  wanted: readonly { id: string; name: string }[]
}): string {
  const sources = side.sources.map(({ name, sql }) => `${shared.get(sql)} AS ${name}`)
  const named = `SELECT ${[...kept, ...sources].join(', ')} FROM (${rows})`
  const ruled = side.rules.reduce((sofar, { column, sql }) => `SELECT *, ${sql} AS ${column} FROM (${sofar})`, named)
  const elements = wanted.map(({ id, name }) => `${side.columnOf(id)} AS ${name}`)
  return `SELECT ${[...kept, ...elements].join(', ')} FROM (${ruled})`
}

export interface Comparison {
  now: Side
  after: Side
  /** Ids of the dimensions that are compared. */
  ids: readonly string[]
  metric: Metric
  where: string
  /** Whether to add lines up before the rules run; it pays where many lines are equal in what is read off them. */
  grouped: boolean
}

interface Read {
  old: Compiled
  next: Compiled
  /** The name of each expression over cost_lines. */
  shared: Map<string, string>
  columns: string[]
  /** `m`, the metric, and the columns. */
  lines: string
}

function readLines({ now, after, metric, where }: Omit<Comparison, 'grouped'>): Read {
  const [old, next] = [compile(now), compile(after)]
  const expressions = [...new Set([...old.sources, ...next.sources].map(({ sql }) => sql))]
  const shared = new Map(expressions.map((sql, index) => [sql, `x${index}`]))
  const start = old.readsStart || next.readsStart ? ['cs'] : []
  const read = [
    `ifNull(${metric}, 0) AS m`,
    ...start.map((name) => `ChargePeriodStart AS ${name}`),
    ...expressions.map((sql) => `${sql} AS ${shared.get(sql)}`),
  ].join(', ')
  return {
    old,
    next,
    shared,
    columns: [...start, ...shared.values()],
    lines: `SELECT ${read} FROM cost_lines WHERE ${where}`,
  }
}

/** `share`: distinct combinations of what is read, of as many lines. */
export function distinctSql(comparison: Omit<Comparison, 'grouped'>): string {
  const { columns, lines } = readLines(comparison)
  const distinct = columns.length > 0 ? `uniq(${columns.join(', ')})` : '1'
  return `SELECT ${distinct} / greatest(count(), 1) AS share FROM (${lines})`
}

/**
 * `dimension` (its index in ids), the elements `now` and `after` ('' = none), `cost` and `lines`. Grouped, the rules'
 * work grows with distinct combinations of what both definitions read, not with lines.
 */
export function comparisonSql(comparison: Comparison): string {
  const { ids, grouped } = comparison
  const { old, next, shared, columns, lines } = readLines(comparison)
  const by = grouped && columns.length > 0 ? ` GROUP BY ${columns.join(', ')}` : ''
  const sums = grouped ? ['sum(m) AS c', 'count() AS n'] : ['m AS c', 'toUInt64(1) AS n']
  const groups = `SELECT ${[...columns, ...sums].join(', ')} FROM (${lines})${by}`
  const olds = ids.map((id, index) => ({ id, name: `o${index}` }))
  const news = ids.map((id, index) => ({ id, name: `e${index}` }))
  const withOld = applyRules({ rows: groups, side: old, kept: ['c', 'n', ...columns], shared, wanted: olds })
  const both = applyRules({
    rows: withOld,
    side: next,
    kept: ['c', 'n', ...olds.map(({ name }) => name), ...columns],
    shared,
    wanted: news,
  })
  const pairs = ids.map((_, index) => `(toUInt16(${index}), o${index}, e${index})`)
  return `SELECT p.1 AS dimension, p.2 AS now, p.3 AS after, sum(c) AS cost, sum(n) AS lines
    FROM (SELECT c, n, arrayJoin([${pairs.join(', ')}]) AS p FROM (${both})) GROUP BY dimension, now, after`
}

/** Lines with one dimension's element as `element`, and the columns that a sample of them shows. */
export function elementLinesSql({ side, id, where }: { side: Side; id: string; where: string }): string {
  const compiled = compile(side)
  const lines = `SELECT *, ChargePeriodStart AS cs, ${compiled.sources.map(({ name, sql }) => `${sql} AS ${name}`).join(', ') || '1 AS one'} FROM cost_lines WHERE ${where}`
  const ruled = compiled.rules.reduce(
    (sofar, { column, sql }) => `SELECT *, ${sql} AS ${column} FROM (${sofar})`,
    lines,
  )
  return `SELECT *, ${compiled.columnOf(id)} AS element FROM (${ruled})`
}

/**
 * The same by element, for one dimension of more elements than can be listed: those without an element, and then the
 * largest. `elements` is how many there are; `moved_cost` and `moved_lines` are of all of them.
 */
export function largestSql({ comparison, limit }: { comparison: Comparison; limit: number }): string {
  const none = 'toDecimal128(0, 18)'
  const moves = 'now != after'
  const sides = `(now, cost, ${none}, lines, 0, if(${moves}, cost, ${none}), if(${moves}, lines, 0)), (after, ${none}, cost, 0, lines, ${none}, 0)`
  return `SELECT s.1 AS element, sum(s.2) AS cost_now, sum(s.3) AS cost_after, sum(s.4) AS lines_now, sum(s.5) AS lines_after,
      count() OVER () AS elements, sum(sum(s.6)) OVER () AS moved_cost, sum(sum(s.7)) OVER () AS moved_lines
    FROM (SELECT arrayJoin([${sides}]) AS s FROM (${comparisonSql(comparison)})) GROUP BY element
    ORDER BY element = '' DESC, greatest(abs(cost_now), abs(cost_after)) DESC, element LIMIT ${limit}`
}
