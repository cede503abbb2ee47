import { looksBeyondItsDay } from '../allocation/reach'
import { hasMonthlyLimits } from '../allocation/shape'
import { planSplit } from '../allocation/split-plan'
import type { Dimension } from '../costformation/tree'
import { currentLinesSql, currentParts, linesOfSql } from '../costs/current-lines'
import { AppError } from '../errors'
import { throwIfStopping } from '../stopping'
import { computeCells, computeRuleValues, type SplitRun } from './compute-split'
import type { KeptPools } from './kept-pools'
import { OneBehind } from './one-behind'
import { eachMonth, eachSliceOfDays, eachStoredSlice } from './slices'
import type { StaleWork } from './stale-work'
import { storeResults } from './store-results'
import { AT_ONCE, Turns } from './turns'
import { weightsADay } from './weights-a-day'

async function computeDays({
  run,
  dimension,
  days,
  amounts,
  pools,
  turns,
}: {
  run: SplitRun
  dimension: Dimension
  days: readonly string[]
  amounts: OneBehind
  pools: KeptPools
  turns: Turns
}) {
  // Asked for each time: what a bill that arrives meanwhile replaces is dropped a little later.
  const parts = await currentParts()
  const current = { ...run, where: linesOfSql(parts) }
  if (dimension.type === 'Allocation') {
    const basis = await pools.basisOf({ dimension, parts })
    const own = basis ? { ...current, rowsOf: pools.rowsOf(basis) } : current
    await turns.cells(() => computeCells({ run: own, dimension, days }))
    if (basis) pools.note({ dimension, basis, days })
  }
  await amounts.begin(() => turns.amounts(() => storeResults({ run: current, dimension, days })))
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

/** So few days are not worth the asking. */
const FEW_DAYS = 3

/** Days that no dimension reads cost lines for. */
async function storedDays({
  pools,
  group,
  days,
}: {
  pools: KeptPools
  group: StaleWork['work']
  days: readonly string[]
}): Promise<(day: string) => boolean> {
  if (days.length <= FEW_DAYS) return () => false
  const read = new Set<string>()
  const parts = await currentParts()
  for (const { dimension, days: list } of group) {
    const basis = dimension.type === 'Allocation' ? await pools.basisOf({ dimension, parts }) : null
    for (const day of list) {
      if (dimension.type !== 'Allocation' || basis === null || !pools.holds({ dimension, basis, day })) read.add(day)
    }
  }
  return (day) => !read.has(day)
}

async function withAmounts(work: (amounts: OneBehind) => Promise<void>): Promise<void> {
  const amounts = new OneBehind()
  try {
    await work(amounts)
    await amounts.end()
  } finally {
    await amounts.settle()
  }
}

/** Computes and stores cells and amounts of all the work, dimensions in its order, in slices of days. */
export async function computeWork({
  run,
  work,
  pools,
  unsolved,
  onDays,
}: {
  run: SplitRun
  work: StaleWork['work']
  /** Told what the stored cells are made of. */
  pools: KeptPools
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
  const turns = new Turns()
  for (const [index, group] of groups.entries()) {
    for (const { dimension, days: list } of group) {
      if (dimension.type !== 'Allocation') continue
      await unsolved.attempt(dimension.id, async () =>
        computeRuleValues({ run: { ...run, where: await currentLinesSql() }, dimension, days: list }),
      )
    }
    const compute = (amounts: OneBehind) => async (some: readonly string[]) => {
      for (const { dimension, days: list } of group) {
        throwIfStopping()
        const wanted = some.filter((day) => list.includes(day))
        if (wanted.length === 0) continue
        await unsolved.attempt(dimension.id, () => computeDays({ run, dimension, days: wanted, amounts, pools, turns }))
      }
      if (index === groups.length - 1) await onDays(some.length)
    }
    if (group.some(({ dimension }) => dimension.type === 'Allocation' && hasMonthlyLimits(dimension))) {
      await withAmounts((amounts) => eachMonth(days, compute(amounts)))
      continue
    }
    const weights = await mostWeights({ run, group })
    const isStored = await storedDays({ pools, group, days })
    const read = days.filter((day) => !isStored(day))
    await withAmounts((amounts) => eachSliceOfDays(read, compute(amounts), { weights }))
    // A statement over stored cells goes on in one thread.
    const beside = (some: readonly string[]) => withAmounts((amounts) => compute(amounts)(some))
    await eachStoredSlice(days.filter(isStored), beside, { weights, atOnce: AT_ONCE })
  }
}
