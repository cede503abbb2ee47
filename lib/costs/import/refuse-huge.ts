import { z } from 'zod'
import { METRICS, type Metric } from '../../contract/common'
import { AppError } from '../../errors'
import { isQuantity } from '../../presentation/metrics'
import type { ImportEngine } from './engine'

/** A sum of Decimal(38, 18) wraps around beyond 1.7 × 10^20, without a word: each bill keeps well below. */
const MOST = '10000000000000000000'

const row = z.object(
  Object.fromEntries(METRICS.map((metric) => [metric, z.coerce.boolean()])) as Record<Metric, z.ZodCoercedBoolean>,
)

/** Metrics whose amounts, signs aside, add up to more than can be added exactly. */
async function hugeMetrics(engine: ImportEngine): Promise<Metric[]> {
  const ask = async (of: (metric: Metric) => string) => {
    const [found] = await engine.query({
      query: `SELECT ${METRICS.map((metric) => `${of(metric)} AS ${metric}`).join(', ')} FROM cost_lines AS l`,
      schema: row,
    })
    return METRICS.filter((metric) => found?.[metric])
  }
  const most = `toDecimal256('${MOST}', 18)`
  // The largest amount times their number is a bound that takes no adding up; only what exceeds it is looked at closely.
  const maybe = await ask((metric) => `toDecimal256(max(abs(ifNull(l.${metric}, 0))), 18) * count() > ${most}`)
  if (maybe.length === 0) return []
  return ask((metric) => `sum(toDecimal256(abs(ifNull(l.${metric}, 0)), 18)) > ${most}`)
}

/** Refuses a bill whose costs add up to more than can be added exactly; returns warnings for such quantities. */
export async function refuseHuge(engine: ImportEngine): Promise<string[]> {
  const huge = await hugeMetrics(engine)
  const [cost] = huge.filter((metric) => !isQuantity(metric))
  if (cost) {
    throw new AppError(
      'unprocessable',
      `${cost} adds up to more than 10^19, signs aside, which is more than can be added up exactly; nothing was changed. Look for an amount in the wrong column.`,
    )
  }
  return huge.map(
    (metric) =>
      `${metric} adds up to more than 10^19: the cost explorer adds it up exactly, but what splits give of it cannot be relied on.`,
  )
}
