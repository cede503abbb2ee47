import type { Driver, SplitPlan } from '../allocation/split-plan'
import type { Cell } from './cells'
import { type Evidence, NOTHING } from './evidence'
import { type Givers, readGivers } from './handed-on'
import { type ExplainedRecord, type RecordQuestion, readRecords, readWeights } from './records'
import { type ExplainedValue, readRuleValues, type ValueQuestion } from './rule-values'
import { type Span, spanOf } from './spans'

/** What a cell was split by, and what is known of it. */
export interface Proof {
  /** null: nothing had weights. */
  driver: Driver | null
  span: Span | null
  records: Evidence<ExplainedRecord>
  values: Evidence<ExplainedValue>
  /** As measured, in units of 10^-18; empty where that was not asked for. */
  weights: ReadonlyMap<string, bigint>
  /** Of mutual services alone. */
  givers: Givers | null
}

export const driverOf = (plan: SplitPlan, rank: number): Driver | null =>
  [...plan.drivers, ...plan.fallbacks].find((driver) => driver.rank === rank) ?? null

function recordQuestions(plan: SplitPlan, cell: Cell, place: number, element: string | null): RecordQuestion[] {
  const driver = driverOf(plan, cell.driver)
  // Where nothing had weights, the records that are there are all zero: those of the first stream that has some.
  const drivers = driver ? [driver] : cell.reason === 'zero_weights' ? plan.drivers : []
  return drivers.flatMap((one) => {
    const span = spanOf(one, cell)
    if (one.source.kind !== 'telemetry' || span === null) return []
    const values = one.source.keys.map((key) => cell.keys[key] ?? '')
    return [{ cell: place, stream: one.source.stream, values, span, element }]
  })
}

function valueQuestion(plan: SplitPlan, cell: Cell, place: number, element: string | null): ValueQuestion[] {
  const driver = driverOf(plan, cell.driver)
  if (driver?.source.kind !== 'rules') return []
  const { rule, part } = driver.source
  return [
    {
      ...{ cell: place, runId: cell.run, rule, currency: cell.currency, element },
      part: part === null ? '' : (cell.keys[part] ?? ''),
      span: spanOf(driver, cell),
    },
  ]
}

/** What cells were split by, by their place in the list: one question to each engine for all of them. */
export async function readProof({
  plan,
  cells,
  element,
  shaped,
}: {
  plan: SplitPlan
  cells: readonly Cell[]
  element: string | null
  /** Whether the weights of all elements are wanted too. */
  shaped: boolean
}): Promise<Map<number, Proof>> {
  const asked = cells.flatMap((cell, place) => recordQuestions(plan, cell, place, element))
  // One stream after the other, for cells that none had weights for.
  const records = new Map<number, Evidence<ExplainedRecord>>()
  for (let open = asked; open.length > 0; ) {
    const first = open.filter(({ cell }, index) => open.findIndex((other) => other.cell === cell) === index)
    for (const [cell, evidence] of await readRecords(first)) if (evidence.count > 0) records.set(cell, evidence)
    open = open.filter((question) => !first.includes(question) && !records.has(question.cell))
  }
  const questions = cells.flatMap((cell, place) => valueQuestion(plan, cell, place, element))
  const values = await readRuleValues({ dimensionId: plan.dimension.id, questions })
  const weights = shaped ? await readWeights(asked.filter(({ cell }) => (cells[cell]?.driver ?? 0) > 0)) : new Map()
  const givers = await readGivers({ plan, cells })
  return new Map(
    cells.map((cell, place) => {
      const driver = driverOf(plan, cell.driver)
      return [
        place,
        {
          driver,
          span: driver && spanOf(driver, cell),
          records: records.get(place) ?? NOTHING,
          values: values.get(place)?.evidence ?? NOTHING,
          weights: weights.get(place) ?? (shaped ? values.get(place)?.weights : null) ?? new Map<string, bigint>(),
          givers: givers.get(place) ?? null,
        },
      ]
    }),
  )
}
