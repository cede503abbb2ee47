import { fromUnits, toUnits } from '../../units'
import type { CellRow } from './present'

interface Cell {
  row: CellRow
  cost: bigint
  lines: number
  units: Set<string>
}

interface Group {
  name: string
  groups: string[]
  now: bigint
  before: bigint
  cells: Cell[]
}

const size = (units: bigint) => (units < 0n ? -units : units)
const descending = (a: bigint, b: bigint) => (a === b ? 0 : a > b ? -1 : 1)
const ascending = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1)

/** Adds up cells of one key, exactly. */
function addUp(rows: Iterable<{ key: string; row: CellRow }>): Cell[] {
  const cells = new Map<string, Cell>()
  for (const { key, row } of rows) {
    const cell = cells.get(key) ?? { row, cost: 0n, lines: 0, units: new Set() }
    cells.set(key, cell)
    cell.cost += toUnits(row.cost)
    cell.lines += row.lines
    for (const unit of row.units) cell.units.add(unit)
  }
  return [...cells.values()]
}

function rankGroups(cells: readonly Cell[]): Group[] {
  const groups = new Map<string, Group>()
  for (const cell of cells) {
    const name = JSON.stringify(cell.row.groups)
    const group = groups.get(name) ?? { name, groups: cell.row.groups, now: 0n, before: 0n, cells: [] }
    groups.set(name, group)
    if (cell.row.previous) group.before += cell.cost
    else group.now += cell.cost
    group.cells.push(cell)
  }
  return [...groups.values()].sort(
    (a, b) =>
      descending(size(a.now), size(b.now)) || descending(size(a.before), size(b.before)) || ascending(a.name, b.name),
  )
}

const toRow = ({ row, cost, lines, units }: Cell): CellRow => ({
  ...row,
  cost: fromUnits(cost),
  lines,
  units: [...units].sort(),
})

/** What `foldSql` makes of all lines, from its rows (without `top`) of some lines and others. */
export function foldCells({ rows, top }: { rows: readonly CellRow[]; top: number | undefined }): CellRow[] {
  const cells = addUp(rows.map((row) => ({ key: JSON.stringify([row.groups, row.previous, row.period]), row })))
  const ranked = rankGroups(cells)
  const named = ranked.slice(0, top).flatMap((group) => group.cells.map(toRow))
  const folded = top === undefined ? [] : ranked.slice(top)
  const others = addUp(
    folded
      .flatMap((group) => group.cells.map(toRow))
      .map((row) => ({
        key: JSON.stringify([row.previous, row.period]),
        row: { ...row, other: true, groups: [], folded: folded.length },
      })),
  )
  return [...named, ...others.map(toRow)].sort(
    (a, b) =>
      Number(a.previous) - Number(b.previous) ||
      ascending(a.period, b.period) ||
      Number(a.other) - Number(b.other) ||
      descending(toUnits(a.cost), toUnits(b.cost)) ||
      ascending(JSON.stringify(a.groups), JSON.stringify(b.groups)),
  )
}
