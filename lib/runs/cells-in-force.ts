import { daysOfRunsSql } from '../allocation/days-sql'
import type { CellsInForce } from '../allocation/split-relation'
import { database } from '../db/client'
import { RUN_TABLES } from './run-tables'

interface Pointer {
  dimensionId: string
  day: string
  runId: number
}

/** Which run a reader sees, by dimension and day. */
export async function readPointers(): Promise<Pointer[]> {
  const { prisma } = await database()
  return prisma.$queryRaw<Pointer[]>`
    SELECT "dimensionId", to_char(day, 'YYYY-MM-DD') AS day, "runId" FROM allocation_pointer ORDER BY "dimensionId", day`
}

/** The cells that a reader sees: one run or the next, never half of one (DESIGN §3). */
export async function cellsInForce(): Promise<CellsInForce> {
  const pointers = await readPointers()
  const known = new Map<string, string>()
  return {
    table: RUN_TABLES.cells,
    condition: (dimensionId) => {
      const sql = known.get(dimensionId) ?? daysOfRunsSql(pointers.filter((row) => row.dimensionId === dimensionId))
      known.set(dimensionId, sql)
      return sql
    },
  }
}
