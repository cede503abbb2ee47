/** How much a report answers; rows come as `cellRow` of read-cells.ts. */
export interface FoldInput {
  /** A SELECT of `period, previous, g0…, cost, lines`, and of quantities `unit`. */
  sums: string
  groupColumns: readonly string[]
  /** Without: every group. */
  top: number | undefined
  withUnits: boolean
  limit: number
}

/**
 * Rows by group, range and period. With `top`, groups past it by absolute cost over the range are one group `other`,
 * added up where the lines are, so that the answer stays small whatever the number of groups.
 */
export function foldSql({ sums, groupColumns, top, withUnits, limit }: FoldInput): string {
  const groups = `[${groupColumns.join(', ')}]::Array(String)`
  const units = withUnits ? 'groupUniqArray(100)(unit)' : `[]::Array(String)`
  if (top === undefined) {
    return `SELECT 0 AS other, ${groups} AS groups, previous, period, sum(c.cost) AS cost, sum(c.lines) AS lines, ${units} AS units, 0 AS folded
      FROM (${sums}) AS c GROUP BY groups, previous, period ORDER BY previous, period, cost DESC, groups LIMIT ${limit}`
  }
  const unit = withUnits ? 'unit' : "''"
  const byGroup = `SELECT ${groups} AS g, sumIf(c.cost, NOT previous) AS size, sumIf(c.cost, previous) AS before,
    groupArray((previous, period, c.cost, c.lines, ${unit})) AS cells FROM (${sums}) AS c GROUP BY g`
  const ranked = `SELECT g, cells, row_number() OVER (ORDER BY abs(size) DESC, abs(before) DESC, g) AS rank FROM (${byGroup})`
  const rows = `SELECT rank, if(rank > ${top}, []::Array(String), g) AS g, arrayJoin(cells) AS cell FROM (${ranked})`
  return `SELECT toUInt8(rank > ${top}) AS other, g AS groups, cell.1 AS previous, cell.2 AS period, sum(cell.3) AS cost, sum(cell.4) AS lines,
    ${withUnits ? 'groupUniqArray(100)(cell.5)' : '[]::Array(String)'} AS units, max(rank) - ${top} AS folded
    FROM (${rows}) GROUP BY other, groups, previous, period ORDER BY previous, period, other, cost DESC, groups LIMIT ${limit}`
}
