import { isBalanceSql } from '../allocation/balance'
import { withHiddenDimensions } from '../allocation/hidden-dimensions'
import { planSplit } from '../allocation/split-plan'
import type { CellsInForce } from '../allocation/split-relation'
import { METRICS } from '../contract/common'
import { sqlString } from '../costformation/sql-literal'
import type { AllocationDimension } from '../costformation/tree'
import { fingerprints } from '../definitions/preview/plan'
import type { PoolRows, SplitRun } from './compute-split'

/** The stored cells of a split stand for the cost lines of its pool, where both are still the same. */
export interface StoredPool {
  dimensionId: string
  cells: CellsInForce
}

/** Over the table of cells, without those that hold no cost lines. */
export function storedSql({ dimensionId, cells, where }: StoredPool & { where: string }): string {
  return `FROM ${cells.table} WHERE dimension_id = ${sqlString(dimensionId)} AND ${cells.condition(dimensionId)} AND NOT ${isBalanceSql('keys')} AND ${where}`
}

export const untilSql = (stored: string) => `(SELECT max(greatest(period_end, period_start + 1)) ${stored})`

/** A split's stored cells, as the rows that they were made of: all of them, or those of a test. */
export function storedPool({ dimensionId, cells, test = '1' }: StoredPool & { test?: string }): PoolRows {
  return ({ dimension, within }) => {
    if (dimension.id !== dimensionId) return null
    const stored = storedSql({ dimensionId, cells, where: `${within('day')} AND ${test}` })
    const rows = `SELECT period_start AS cs, period_end AS ce, currency, keys, lines AS line_count, ${METRICS.join(', ')} ${stored}`
    return { rows, until: untilSql(stored) }
  }
}

/** What tells a split's lines apart, with the meaning of every dimension behind it. */
export function poolKeys({
  dimension,
  definition,
  streams,
}: Pick<SplitRun, 'definition' | 'streams'> & { dimension: AllocationDimension }) {
  const all = withHiddenDimensions(definition)
  const meanings = fingerprints(all, streams)
  return planSplit({ dimension, streams }).keys.map((key) => {
    const name = key.kind === 'filter' && key.key.kind === 'dimensionName' ? key.key.name : null
    const behind = key.kind === 'dimension' ? key.id : all.dimensions.find((found) => found.name === name)?.id
    return { key, meaning: behind === undefined ? null : meanings.get(behind) }
  })
}
