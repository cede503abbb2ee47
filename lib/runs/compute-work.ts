import { looksBeyondItsDay } from '../allocation/reach'
import { hasMonthlyLimits } from '../allocation/shape'
import { planSplit } from '../allocation/split-plan'
import type { Dimension } from '../costformation/tree'
import { currentLinesSql } from '../costs/current-lines'
import { AppError } from '../errors'
import { throwIfStopping } from '../stopping'
import { computeCells, computeRuleValues, type SplitRun } from './compute-split'
import { OneBehind } from './one-behind'
import { eachMonth, eachSliceOfDays } from './slices'
import type { StaleWork } from './stale-work'
import { storeResults } from './store-results'
import { weightsADay } from './weights-a-day'

async function computeDays({
  run,
  dimension,
  days,
  amounts,
}: {
  run: SplitRun
  dimension: Dimension
  days: readonly string[]
  amounts: OneBehind
}) {
  // Asked for each time: what a bill that arrives meanwhile replaces is dropped a little later.
  const current = { ...run, where: await currentLinesSql() }
  if (dimension.type === 'Allocation') await computeCells({ run: current, dimension, days })
  await amounts.begin(() => storeResults({ run: current, dimension, days }))
}

/** Dimensions that could not be computed, and why; what comes out of them could not either. */
export class Unsolved {
  readonly reasons = new Map<string, string>()
  readonly #behind: (id: string) => readonly string[]

  constructor(behind: (id: string) => readonly string[]) {
    this.#behind = behind
  }

  has(id: string): boolean {
    return this.reasons.size > 0 && this.#behind(id).some((each) => this.reasons.has(each))
  }

  /** Computes something of a dimension. An error that a person can read is the dimension's own: others go on. */
  async attempt(id: string, work: () => Promise<void>): Promise<void> {
    if (this.has(id)) return
    try {
      await work()
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      this.reasons.set(id, error.message)
    }
  }
}

/** Of the split that holds most, of those that are computed one after another. */
async function mostWeights({ run, group }: { run: SplitRun; group: StaleWork['work'] }): Promise<number> {
  let most = 0
  for (const { dimension, days } of group) {
    if (dimension.type !== 'Allocation') continue
    most = Math.max(most, await weightsADay({ dimension, days, streams: run.streams }))
  }
  return most
}

/** Computes and stores cells and amounts of all the work, dimensions in its order, in slices of days. */
export async function computeWork({
  run,
  work,
  unsolved,
  onDays,
}: {
  run: SplitRun
  work: StaleWork['work']
  unsolved: Unsolved
  onDays: (days: number) => Promise<void>
}) {
  const days = [...new Set(work.flatMap((item) => item.days))].sort()
  // What other days are looked at may come out of other splits: dimension by dimension, inner ones first.
  const isFarsighted = work.some(
    ({ dimension }) =>
      dimension.type === 'Allocation' && looksBeyondItsDay(planSplit({ dimension, streams: run.streams })),
  )
  const groups = isFarsighted ? work.map((item) => [item]) : [work]
  const amounts = new OneBehind()
  try {
    for (const [index, group] of groups.entries()) {
      for (const { dimension, days: list } of group) {
        if (dimension.type !== 'Allocation') continue
        await unsolved.attempt(dimension.id, async () =>
          computeRuleValues({ run: { ...run, where: await currentLinesSql() }, dimension, days: list }),
        )
      }
      const isMonthly = group.some(({ dimension }) => dimension.type === 'Allocation' && hasMonthlyLimits(dimension))
      const compute = async (some: readonly string[]) => {
        for (const { dimension, days: list } of group) {
          throwIfStopping()
          const wanted = some.filter((day) => list.includes(day))
          if (wanted.length === 0) continue
          await unsolved.attempt(dimension.id, () => computeDays({ run, dimension, days: wanted, amounts }))
        }
        if (index === groups.length - 1) await onDays(some.length)
      }
      await (isMonthly ? eachMonth(days, compute) : eachSliceOfDays(days, compute, await mostWeights({ run, group })))
    }
    await amounts.end()
  } finally {
    await amounts.settle()
  }
}
