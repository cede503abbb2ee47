/** How much a report answers; rows come as `cellRow` of present.ts. */
export interface FoldInput {
  /** A SELECT of `period, g0…, cost, lines`, each combination once; compared, of `previous`, and of quantities `unit`. */
  sums: string
  groupColumns: readonly string[]
  /** Without: every group. */
  top: number | undefined
  compared: boolean
  withUnits: boolean
  /** The sums are by what the table is sorted by: they are added up as they are read. */
  inTableOrder: boolean
  limit: number
}

const NO_UNITS = '[]::Array(String)'

/** Rows by group, range and period: all of them. */
function allSql({ sums, groupColumns, compared, withUnits }: FoldInput): string {
  const groups = `[${groupColumns.join(', ')}]::Array(String)`
  const previous = compared ? 'c.previous' : 'false'
  const order = `ORDER BY ${compared ? 'previous, ' : ''}period, cost DESC, groups`
  if (!withUnits) {
    return `SELECT 0 AS other, ${groups} AS groups, ${previous} AS previous, c.period AS period, c.cost AS cost, c.lines AS lines, ${NO_UNITS} AS units, 0 AS folded
      FROM (${sums}) AS c ${order}`
  }
  return `SELECT 0 AS other, ${groups} AS groups, ${previous} AS previous, c.period AS period, sum(c.cost) AS cost, sum(c.lines) AS lines, groupUniqArray(100)(c.unit) AS units, 0 AS folded
    FROM (${sums}) AS c GROUP BY groups, previous, period ${order}`
}

/** Groups past `top` by absolute cost over the range are one group `other`. */
function topSql({ sums, groupColumns, top, compared, withUnits }: FoldInput & { top: number }): string {
  const previous = compared ? 'c.previous' : 'false'
  const cell = `(${previous}, c.period, c.cost, c.lines, ${withUnits ? 'c.unit' : "''"})`
  const sizes = compared ? ['sumIf(c.cost, NOT c.previous)', 'sumIf(c.cost, c.previous)'] : ['sum(c.cost)']
  const largest = sizes.map((size) => `abs(${size}) DESC`).join(', ')
  const place = `row_number() OVER (ORDER BY ${largest}${groupColumns.map((name) => `, ${name}`).join('')})`
  const ranked = `SELECT [${groupColumns.join(', ')}]::Array(String) AS g, groupArray(${cell}) AS cells, ${place} AS rank
    FROM (${sums}) AS c${groupColumns.length > 0 ? ` GROUP BY ${groupColumns.join(', ')}` : ''}`
  // Few expressions, because planning them takes as long as reading a month.
  return `SELECT least(rank, ${top + 1}) > ${top} AS other, if(other, [], any(g)) AS groups, cell.1 AS previous, cell.2 AS period, sum(cell.3) AS cost, sum(cell.4) AS lines,
    ${withUnits ? 'groupUniqArray(100)(cell.5)' : NO_UNITS} AS units, max(rank) - ${top} AS folded
    FROM (${ranked}) ARRAY JOIN cells AS cell GROUP BY least(rank, ${top + 1}), previous, period ORDER BY previous, period, other, cost DESC, groups`
}

/** The report, folded where the lines are, so that the answer stays small whatever the number of groups. */
export function foldSql(input: FoldInput): string {
  const { top, limit, inTableOrder } = input
  const sql = top === undefined ? allSql(input) : topSql({ ...input, top })
  return `${sql} LIMIT ${limit}${inTableOrder ? ' SETTINGS optimize_aggregation_in_order = 1' : ''}`
}
