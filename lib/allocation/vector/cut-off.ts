import { toUnits } from '../../units'
import { fitVector } from './fit'
import { compareBytes, entriesOf, sumOf, toVector, type Vector } from './vector'

const HUNDRED = toUnits('100')

/**
 * `ElementCutoff` (CloudZero docs: Allocation Dimension Element Cutoff Thresholds): from the largest on, equal ones by
 * name, elements stay until their cumulative share exceeds 100 − T percent; the one that exceeds it goes. Without a
 * name the rest is dropped and the others share its part by their weights, with one the rest goes to that element,
 * which may be one of those that stay. CloudZero does not say what happens where the first exceeds it alone: here the
 * largest always stays, so that no cost loses its elements.
 */
export function cutOff({
  vector,
  thresholdPercent,
  name,
}: {
  vector: Vector
  /** A plain decimal from 0 to below 100. */
  thresholdPercent: string
  name: string | null
}): Vector {
  const kept = HUNDRED - toUnits(thresholdPercent)
  if (kept <= 0n || kept > HUNDRED) throw new RangeError(`not a threshold from 0 to below 100: ${thresholdPercent}`)
  const total = sumOf(vector.weights)
  const descending = entriesOf(vector).sort(([a, x], [b, y]) => (x === y ? compareBytes(a, b) : x < y ? 1 : -1))
  let running = 0n
  const end = descending.findIndex(([, weight], index) => {
    running += weight
    return index > 0 && running * HUNDRED > kept * total
  })
  if (end === -1) return fitVector(vector)
  const rest = descending.slice(end).map(([, weight]): [string, bigint] => [name ?? '', weight])
  return fitVector(toVector([...descending.slice(0, end), ...(name === null ? [] : rest)]))
}
