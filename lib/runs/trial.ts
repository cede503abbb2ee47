import type { RelationInput } from '../allocation/relation'
import { hasMonthlyLimits } from '../allocation/shape'
import type { CellsInForce } from '../allocation/split-relation'
import { allocationsBehind } from '../costformation/graph'
import { streamFilterKeys } from '../definitions/streams'
import { AppError } from '../errors'
import { warehouse } from '../warehouse/client'
import { computeCells, computeRuleValues, type PoolRows, type SplitRun } from './compute-split'
import { TRIAL_TABLES, trialRunId } from './run-tables'
import { eachMonth, eachSliceOfDays, eachWeek } from './slices'

export interface Trial extends Pick<RelationInput, 'definition' | 'streams'> {
  /** The dimensions whose splits are tried, with all splits that they go by. */
  ids: readonly string[]
  days: readonly string[]
  /** The cost lines that count, of whatever day, as a WHERE over cost_lines. */
  where: string
  /** Splits that are as they were, whose stored cells count. */
  kept?: { ids: ReadonlySet<string>; cells: CellsInForce }
  rowsOf?: PoolRows
  /** The asker's: the work ends between two statements when they have gone. */
  signal: AbortSignal
}

/** Run ids of trials are none that a stored run has. */
function cellsOfTrial({ runId, kept }: { runId: number; kept: Trial['kept'] }): CellsInForce {
  const mine = `run_id = ${runId}`
  if (!kept || kept.ids.size === 0) return { table: TRIAL_TABLES.cells, condition: () => mine }
  return {
    table: `merge('^(${kept.cells.table}|${TRIAL_TABLES.cells})$')`,
    condition: (id) => (kept.ids.has(id) ? kept.cells.condition(id) : mine),
  }
}

/** Computes splits by a definition without storing them: `work` reads the cells, which are gone after it. */
export async function withTrial<T>(trial: Trial, work: (cells: CellsInForce) => Promise<T>): Promise<T> {
  const { definition, streams, days, where, signal } = trial
  const runId = trialRunId()
  const keys = streamFilterKeys(streams)
  const known = new Set(definition.dimensions.map(({ id }) => id))
  const ids = new Set(trial.ids.filter((id) => known.has(id)).flatMap((id) => allocationsBehind(definition, id, keys)))
  const kept = new Set([...ids].filter((id) => trial.kept?.ids.has(id)))
  const cells = cellsOfTrial({ runId, kept: trial.kept && { ...trial.kept, ids: kept } })
  const rowsOf = trial.rowsOf ? { rowsOf: trial.rowsOf } : {}
  const run: SplitRun = { runId, tables: TRIAL_TABLES, definition, streams, cells, where, ...rowsOf }
  try {
    for (const id of ids) {
      const dimension = definition.dimensions.find((found) => found.id === id)
      if (dimension?.type !== 'Allocation' || days.length === 0 || kept.has(id)) continue
      await computeRuleValues({ run, dimension, days })
      const isStored = trial.rowsOf?.({ dimension, days: [], within: () => '0' }) != null
      const each = hasMonthlyLimits(dimension) ? eachMonth : isStored ? eachWeek : eachSliceOfDays
      await each(days, async (some) => {
        if (signal.aborted) throw new AppError('unavailable', 'The request was given up.')
        await computeCells({ run, dimension, days: some })
      })
    }
    return await work(cells)
  } finally {
    const { command } = await warehouse()
    for (const table of [TRIAL_TABLES.cells, TRIAL_TABLES.values]) {
      await command({ query: `ALTER TABLE ${table} DROP PARTITION ${runId}` })
    }
  }
}
