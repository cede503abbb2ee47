import { toUnits } from '../../units'
import { fitVector } from './fit'
import { entriesOf, toVector, type Vector } from './vector'

const ONE = 10n ** 18n

/** The power of ten that makes all factors whole. */
function scaleOf(factors: readonly bigint[]): bigint {
  let scale = ONE
  while (scale > 1n && factors.every((factor) => (factor * (scale / 10n)) % ONE === 0n)) scale /= 10n
  return scale
}

/**
 * `Elements` of an allocation: weights times a factor (plain decimals, not negative), and none for who is excluded.
 * "Production counts double, a parked tenant gets none." Empty when nobody is left. The weights keep their unit where
 * they stay whole in it. Throws a RangeError on another factor.
 */
export function adjustWeights({
  vector,
  factors,
  excluded,
}: {
  vector: Vector
  factors: ReadonlyMap<string, string>
  excluded: ReadonlySet<string>
}): Vector {
  const kept = entriesOf(vector).filter(([element]) => !excluded.has(element))
  const units = kept.map(([element]) => toUnits(factors.get(element) ?? '1'))
  const scale = scaleOf(units)
  const weights = kept.map(([, weight], index) => (weight * (units[index] ?? 0n) * scale) / ONE)
  const isWhole = weights.every((weight) => weight % scale === 0n)
  return fitVector(toVector(kept.map(([element], index) => [element, (weights[index] ?? 0n) / (isWhole ? scale : 1n)])))
}
