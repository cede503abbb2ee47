import type { PlanStream, SplitPlan } from '../allocation/split-plan'
import type { AllocationWindow } from '../costformation/tree'
import { poolPlace } from '../runs/shape-cells'

/** A stream of a split, and every way in which the split goes by its records. */
export interface CoveredStream {
  stream: PlanStream
  /** Which of the cells' keys its filters ask, in their order. */
  keys: readonly number[]
  /** Its rank among the drivers. */
  rank: number
  window: AllocationWindow
  /** Gap policies that carry its last ratios: their ranks, and how many buckets back these may lie. */
  carries: readonly { rank: number; buckets: number }[]
  /** Ranks of gap policies that split evenly among all whom it has ever named. */
  evens: readonly number[]
  /** Where pools hand on: which of its filter keys names them, and the streams that say what they give to each other. */
  pools: { key: number; streams: readonly number[] } | null
}

/** The streams that a split goes by, in the order of their priority. */
export function coveredStreams(plan: SplitPlan): CoveredStream[] {
  const { mutual } = plan.dimension
  const place = mutual === null || mutual === 'Direct' ? null : poolPlace(plan)
  const known = [...plan.drivers, ...plan.fallbacks].flatMap(({ source, ...driver }) =>
    source.kind === 'rules' ? [] : [{ ...driver, ...source }],
  )
  const telemetry = known.filter(({ gap }) => gap === '')
  return telemetry.map(({ stream, keys, rank, window }) => {
    const again = known.filter((driver) => driver.stream.id === stream.id)
    const key = place === null ? -1 : keys.indexOf(place)
    return {
      ...{ stream, keys, rank, window },
      carries: again.flatMap((driver) =>
        driver.gap === 'carry' ? [{ rank: driver.rank, buckets: driver.carry }] : [],
      ),
      evens: again.flatMap((driver) => (driver.gap === 'even' ? [driver.rank] : [])),
      pools: key < 0 ? null : { key, streams: telemetry.map((driver) => driver.stream.id) },
    }
  })
}
