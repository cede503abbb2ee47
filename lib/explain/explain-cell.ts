import { isShaped, type SplitPlan } from '../allocation/split-plan'
import type { ExplainFix, ExplainPart, ExplainStep, UnallocatedReason } from '../contract/allocations'
import { isoSeconds } from '../reports/report-query'
import { fromUnits } from '../units'
import type { Cell } from './cells'
import { driverName } from './driver-words'
import { explainHandedOn } from './handed-on'
import type { PartLines } from './lines'
import { chargeLink, type LinkFilter } from './links'
import type { ExplainedKey } from './plan-keys'
import type { Proof } from './proof'
import type { ExplainRange } from './range'
import { explainShaping } from './shaping'
import { bucketOf, granularityOf, windowWords } from './spans'
import { arithmeticText, ratioOf, weightOf } from './weights'

function explainDriver(proof: Proof): ExplainPart['driver'] {
  const { driver, span } = proof
  if (driver === null) return null
  const granularity = granularityOf(driver)
  const bucket = proof.records.bucket ?? proof.values.bucket
  const from = bucket ?? span?.from ?? null
  const to = bucket ? new Date(bucketOf(granularity, bucket.getTime(), 1)) : (span?.until ?? null)
  return {
    kind: driver.source.kind === 'rules' ? 'rule' : 'stream',
    name: driverName(driver),
    rank: driver.rank,
    granularity,
    window: windowWords(driver),
    from: from && isoSeconds(from),
    to: to && isoSeconds(to),
  }
}

interface Weights {
  weight: string
  total: string
  /** Of one whole weight, in units of 10^-18; null: they are no longer what was measured. */
  unit: bigint | null
  matches: boolean
}

/** The element's weight and the sum of all, as measured, as far as the records still tell. */
function measured(cell: Cell, proof: Proof, shaped: boolean): Weights {
  const { driver, records, values } = proof
  const weight = weightOf(cell)
  const plain = { weight: String(weight), total: String(cell.total), unit: null }
  if (driver === null || cell.size === 0) {
    return { weight: '0', total: fromUnits(records.sum + values.sum), unit: null, matches: true }
  }
  if (driver.source.kind === 'named') return { ...plain, matches: true }
  const evidence = driver.source.kind === 'rules' ? values : records
  if (shaped) return { ...plain, weight: fromUnits(evidence.own), total: fromUnits(evidence.sum), matches: true }
  const unit = weight > 0n && evidence.own % weight === 0n ? evidence.own / weight : 0n
  const isSame =
    unit > 0n && (!evidence.isWhole || driver.source.kind === 'rules' || evidence.sum === unit * cell.total)
  if (!isSame) return { ...plain, matches: false }
  return { weight: fromUnits(evidence.own), total: fromUnits(unit * cell.total), unit, matches: true }
}

/** One part of an explanation: equal lines, what they were split by, and the element's share. */
export function explainCell({
  cell,
  plan,
  keys,
  pool,
  element,
  range,
  proof,
  lines,
  steps,
  steps_rest,
  reason,
  fixes,
}: {
  cell: Cell
  plan: SplitPlan
  keys: readonly ExplainedKey[]
  /** Filters that pick such lines of the plan's pool beside the keys; null: there are none that do. */
  pool: readonly LinkFilter[] | null
  element: string | null
  range: ExplainRange
  proof: Proof | null
  lines: PartLines | null
  steps: ExplainStep[]
  steps_rest: ExplainPart['steps_rest']
  reason: UnallocatedReason | null
  fixes: (reason: UnallocatedReason) => ExplainFix[]
}): ExplainPart {
  const shaped = isShaped(plan)
  const weights = proof && measured(cell, proof, shaped)
  const known = keys.flatMap(({ label, isFilter }, index) =>
    label === null ? [] : [{ label, isFilter, value: cell.keys[index] ?? '' }],
  )
  const { mutual } = plan.dimension
  const handedOn =
    mutual !== null && proof?.givers && cell.size > 0
      ? explainHandedOn({ givers: proof.givers, method: mutual, cell, element })
      : null
  return {
    charge_period: { start: cell.start, end: cell.end },
    matched_on: Object.fromEntries(known.map(({ label, value }) => [label, value || null])),
    cost: fromUnits(cell.cost),
    lines: cell.lines,
    reason,
    gap: cell.gap === '' ? null : cell.gap,
    run_id: cell.run,
    stream: proof?.driver && proof.driver.source.kind !== 'rules' ? proof.driver.source.stream.name : null,
    driver: proof && explainDriver(proof),
    weight: weights?.weight ?? '0',
    total_weight: weights?.total ?? '0',
    is_balance: cell.isBalance,
    ratio: cell.isBalance ? null : ratioOf(cell),
    shaping:
      shaped && proof && cell.size > 0 && proof.weights.size > 0
        ? explainShaping({
            ...{
              dimension: plan.dimension,
              element,
              raw: proof.weights,
              handedOn,
              balance: cell.isBalance ? cell.amount : null,
            },
            ...{ weight: weightOf(cell), total: cell.total },
          })
        : [],
    handed_on: handedOn?.pools ?? [],
    amount: fromUnits(cell.amount),
    arithmetic: cell.isBalance
      ? `${fromUnits(cell.amount)}, so that the charges hold and the total stays`
      : arithmeticText({ cell, unit: weights?.unit ?? null }),
    records_match: weights?.matches ?? true,
    records: proof?.records.rows ?? [],
    records_rest: restOf(proof?.records, (records, value) => ({ records, value })),
    values: proof?.values.rows ?? [],
    values_rest: restOf(proof?.values, (values, value) => ({ values, value })),
    steps,
    steps_rest,
    top_lines: lines?.top ?? [],
    lines_rest: lines?.rest ?? { lines: cell.lines, cost: fromUnits(cell.cost) },
    lines_link: chargeLink({
      ...{ charge: { start: cell.start, end: cell.end }, range },
      billingMonth:
        keys.flatMap(({ key }, index) => (key.kind === 'billingMonth' ? (cell.keys[index] ?? []) : []))[0] ?? null,
      values: [
        ...known.flatMap(({ label, isFilter, value }): [string, string][] => (isFilter ? [[label, value]] : [])),
        // Where no filter says which lines are in the pool: the element's own share of them is.
        ...(pool ?? [[`custom:${plan.dimension.name}`, element ?? ''] as [string, string]]),
      ],
    }),
    fixes: reason === null ? [] : fixes(reason),
  }
}

function restOf<T>(
  evidence: { count: number; rows: unknown[]; sum: bigint; shown: bigint } | undefined,
  present: (count: number, value: string) => T,
): T {
  if (!evidence) return present(0, '0')
  return present(evidence.count - evidence.rows.length, fromUnits(evidence.sum - evidence.shown))
}
