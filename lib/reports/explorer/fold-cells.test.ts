import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sqlString } from '../../costformation/sql-literal'
import { plainDecimal } from '../../decimal'
import { openScratch, type ScratchEngine } from '../../warehouse/scratch/client'
import { foldSql } from './cells-sql'
import { foldCells } from './fold-cells'
import { type CellRow, cellRow } from './present'

const PERIODS = ['2024-09-01 00:00:00', '2024-09-02 00:00:00', '2024-08-01 00:00:00']

const cell = fc.record({
  period: fc.constantFrom(...PERIODS),
  g0: fc.constantFrom('', 'a', "o'brien", 'back\\slash', '🦊', 'Other'),
  cost: fc.constantFrom('0', '1.5', '-1.5', '0.000000000000000001', '999999999999999999.999999999999999999', '-7'),
  unit: fc.constantFrom('', 'Hours', 'GB'),
})
type Cell = typeof cell extends fc.Arbitrary<infer T> ? T : never

const sumsOf = (cells: readonly Cell[]) =>
  `SELECT period, period < toDateTime('2024-09-01', 'UTC') AS previous, g0, unit, sum(amount) AS cost, count() AS lines FROM (${cells
    .map(
      ({ period, g0, cost, unit }) =>
        `SELECT toDateTime('${period}', 'UTC') AS period, ${sqlString(g0)} AS g0, toDecimal128('${cost}', 18) AS amount, ${sqlString(unit)} AS unit`,
    )
    .join(' UNION ALL ')}) GROUP BY period, previous, g0, unit`

const comparable = (rows: readonly CellRow[]) =>
  rows
    .map((row) => ({ ...row, cost: plainDecimal(row.cost), units: [...row.units].sort() }))
    .map((row) => JSON.stringify(row))
    .sort()

describe('cells of several slices', () => {
  let engine: ScratchEngine
  let directory: string
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'apportion-cells-'))
    engine = openScratch(directory)
  })
  afterAll(async () => {
    await engine.close()
    await rm(directory, { recursive: true, force: true })
  })

  it('fold to what the engine makes of all of them', async () => {
    const read = async (cells: readonly Cell[], top: number | undefined) => {
      const sql = foldSql({
        sums: sumsOf(cells),
        groupColumns: ['g0'],
        top,
        compared: true,
        withUnits: true,
        inTableOrder: false,
        limit: 1000,
      })
      return engine.query({ query: sql, schema: cellRow })
    }
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 3 }),
        fc.constantFrom(undefined, 1, 2, 5),
        async (slices, top) => {
          const parts: CellRow[] = []
          for (const slice of slices) parts.push(...(await read(slice, undefined)))
          const folded = foldCells({ rows: parts, top })
          const whole = await read(slices.flat(), top)
          // How many a period folds is the engine's own; the report takes the largest.
          const told = (rows: readonly CellRow[]) => comparable(rows.map((row) => ({ ...row, folded: 0 })))
          expect(told(folded)).toEqual(told(whole))
        },
      ),
      { seed: 11, numRuns: 25 },
    )
  })
})
