import type { Metric } from '../contract/common'
import { nativeColumns } from '../costformation/natives'
import type { LineSource } from '../costformation/source'
import { COST_DAY_COLUMNS, COST_DAY_METRICS } from '../warehouse/cost-days'

const COLUMNS: ReadonlySet<string> = new Set(COST_DAY_COLUMNS)
const METRICS: ReadonlySet<string> = new Set(COST_DAY_METRICS)

/** Whether cost_days holds a metric. */
export const isAddedUpByDay = (metric: Metric): boolean => METRICS.has(metric)

/** Whether cost_days tells rows apart by a source: it reads nothing of a line but its day, its tags and those columns. */
export function isToldByDay(source: LineSource): boolean {
  switch (source.kind) {
    case 'native':
      return nativeColumns(source.name).every((column) => column.startsWith('Tag:') || COLUMNS.has(column))
    case 'column':
      return COLUMNS.has(source.name)
    case 'tag':
      return true
    case 'label':
    case 'attribute':
      return false
  }
}
