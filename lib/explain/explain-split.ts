import type { PlanStream, SplitPlan } from '../allocation/split-plan'
import { isShaped, planSplit } from '../allocation/split-plan'
import type { ExplainFix, Explanation, UnallocatedReason } from '../contract/allocations'
import { unallocatedReason } from '../contract/allocations'
import type { StreamFilterKeys } from '../costformation/graph'
import type { AllocationDimension } from '../costformation/tree'
import { cellsInForce } from '../runs/cells-in-force'
import { NO_SPLITS } from '../runs/current-splits'
import type { RunsInForce } from '../runs/runs-in-force'
import { fromUnits } from '../units'
import { type Cell, type CellsInput, type Outcome, readCells, readOutcomes, readStored } from './cells'
import type { ExplainInput } from './explain'
import { explainCell } from './explain-cell'
import { fixesOf, type MissingBucket } from './fixes'
import { cellId, readTopLines } from './lines'
import { apartFilters, explainKeys, lineKeys, poolFilters } from './plan-keys'
import { readProof } from './proof'
import { recentElements } from './records'
import { bucketOf } from './spans'
import { NO_STEPS, readSteps } from './steps'

export interface SplitInput extends ExplainInput {
  dimension: AllocationDimension
  streams: ReadonlyMap<string, PlanStream>
  filterKeys: StreamFilterKeys
  runs: RunsInForce
  /** Whether its own cost comes out of other splits. */
  isChained: boolean
}

type FixesOf = (reason: UnallocatedReason, cells: readonly Cell[]) => ExplainFix[]

function missingBuckets(cells: readonly Cell[], plan: SplitPlan, stream: PlanStream | null): MissingBucket[] {
  const source = plan.drivers.find(
    (driver) => driver.source.kind === 'telemetry' && driver.source.stream === stream,
  )?.source
  if (stream === null || source?.kind !== 'telemetry') return []
  const missing = cells.map(({ start, keys }) => ({
    timestamp: new Date(bucketOf(stream.granularity, Date.parse(start))).toISOString().replace('.000Z', 'Z'),
    values: source.keys.map((place) => keys[place] ?? ''),
  }))
  return [...new Map(missing.map((bucket) => [JSON.stringify(bucket), bucket])).values()].sort((a, b) =>
    a.timestamp < b.timestamp ? -1 : 1,
  )
}

/** What to do about cells without an element; the stream is the first that has keys. */
async function fixer({ dimension, element }: SplitInput, plan: SplitPlan): Promise<FixesOf> {
  if (element !== null) return () => []
  const source = plan.drivers.find((driver) => driver.source.kind === 'telemetry')?.source
  const stream = source?.kind === 'telemetry' ? source.stream : null
  const elements = stream ? await recentElements(stream.id) : []
  return (reason, cells) =>
    fixesOf({ dimension, reason, stream, elements, missing: missingBuckets(cells, plan, stream) })
}

/** An outcome's reason; cost that has the element is not unallocated, whatever the others of its cell are. */
const reasonOf = (element: string | null, reason: string): UnallocatedReason | null =>
  element === null && reason !== '' ? unallocatedReason.parse(reason) : null

function presentOutcomes({
  outcomes,
  cells,
  element,
  fixes,
}: {
  outcomes: readonly Outcome[]
  cells: readonly Cell[]
  element: string | null
  fixes: FixesOf
}): Explanation['outcomes'] {
  const merged = new Map<string, Explanation['outcomes'][number] & { units: bigint }>()
  for (const { gap, reason: text, cells: count, amount } of outcomes) {
    const reason = reasonOf(element, text)
    const id = `${gap}|${reason}`
    const known = merged.get(id)
    const units = amount + (known?.units ?? 0n)
    const own = cells.filter((cell) => cell.gap === gap && cell.reason === text)
    merged.set(id, {
      ...{ reason, gap: gap === '' ? null : gap, parts: count + (known?.parts ?? 0), amount: fromUnits(units), units },
      fixes: reason === null ? [] : fixes(reason, own),
    })
  }
  return [...merged.values()].map(({ units: _, ...outcome }) => outcome)
}

/** An amount of a split: the cells it is made of, the largest in full. */
export async function explainSplit(
  input: SplitInput,
): Promise<Pick<Explanation, 'amount' | 'cost' | 'outcomes' | 'parts' | 'rest'>> {
  const { dimension, definition, element, range, runs, streams, filterKeys, isChained } = input
  const plan = planSplit({ dimension, streams })
  const of: CellsInput = { dimensionId: dimension.id, condition: runs.condition, element, ...range }
  const [{ cells: shown, found }, stored] = await Promise.all([
    readCells({ ...of, limit: input.shownParts }),
    readStored(of),
  ])
  const relation = {
    definition,
    streams,
    cells: isChained ? await cellsInForce() : NO_SPLITS.cells,
    shown: shown.filter(({ isBalance }) => !isBalance),
    keys: lineKeys(plan),
    range,
  }
  // Two engines: the one that holds the records answers while the other adds up.
  const [outcomes, proof, lines, steps, fixes] = await Promise.all([
    readOutcomes({ ...of, found, stored }),
    readProof({ plan, cells: shown, element, shaped: isShaped(plan) }),
    readTopLines(relation),
    readSteps({ ...relation, plan, filterKeys }),
    fixer(input, plan),
  ])
  const keys = explainKeys({ plan, definition })
  const whole = poolFilters({ plan, definition })
  const poolOf = (cell: Cell) => {
    const apart = apartFilters({ plan, definition, isApart: cell.reason === 'set_apart' })
    return whole && apart && [...whole, ...apart]
  }
  const parts = shown.map((cell, index) =>
    explainCell({
      ...{ cell, plan, keys, element, range, proof: proof.get(index) ?? null },
      pool: poolOf(cell),
      lines: cell.isBalance ? null : (lines.get(cellId(cell)) ?? null),
      ...((cell.isBalance ? null : steps.get(cellId(cell))) ?? NO_STEPS),
      reason: reasonOf(element, cell.reason),
      fixes: (reason) => fixes(reason, [cell]),
    }),
  )
  const total = outcomes.reduce((sum, { amount }) => sum + amount, 0n)
  const count = outcomes.reduce((sum, { cells }) => sum + cells, 0)
  return {
    amount: fromUnits(total),
    cost: fromUnits(outcomes.reduce((sum, { cost }) => sum + cost, 0n)),
    outcomes: presentOutcomes({ outcomes, cells: shown, element, fixes }),
    parts,
    rest: {
      parts: count - parts.length,
      amount: fromUnits(shown.reduce((rest, { amount }) => rest - amount, total)),
    },
  }
}
