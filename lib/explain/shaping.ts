import { adjusted } from '../allocation/shape'
import { cutOff } from '../allocation/vector/cut-off'
import { filterVector, sumOf, toVector, type Vector } from '../allocation/vector/vector'
import type { ExplainPart } from '../contract/allocations'
import type { AllocationDimension, Limit } from '../costformation/tree'
import { fromUnits, toUnits } from '../units'
import type { HandedOn } from './handed-on'
import { percentText } from './weights'

type Shaping = ExplainPart['shaping'][number]

interface ShapingInput {
  dimension: AllocationDimension
  element: string | null
  /** As measured, by element, in units of 10^-18. */
  raw: ReadonlyMap<string, bigint>
  /** The share in the end, of the total. */
  weight: bigint
  total: bigint
  /** Of mutual services, where it is known what their pools gave. */
  handedOn: HandedOn | null
  /** Of a balancing line of a rate: its amount, in units of 10^-18. */
  balance: bigint | null
}

const MUTUAL_WORDS = {
  Reciprocal: 'reciprocal: all at once',
  StepDown: 'step-down: one after the other',
  Direct: 'direct: what pools give to pools is left out',
} as const

const limitWords = ({ type, value }: Limit) => (type === 'Percent' ? `${value} % of each amount` : `${value} a month`)
const list = (names: readonly string[]) =>
  names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ')

function shareIn(vector: Vector, element: string | null): string | null {
  const place = vector.elements.indexOf(element ?? '')
  return percentText(place < 0 ? 0n : (vector.weights[place] ?? 0n), sumOf(vector.weights))
}

function rateText(input: ShapingInput): string | null {
  const { allocation } = input.dimension
  if (allocation.type !== 'AllocateByStreams' || allocation.rate === null) return null
  const { value, defaultElement } = allocation.rate
  if (input.balance !== null && input.element === defaultElement) {
    return `The others’ rate of ${value} comes to more than the cost of the lines: ${defaultElement} balances it.`
  }
  if (input.element === defaultElement) return `${defaultElement} takes what the others’ rate of ${value} leaves.`
  const used = input.raw.get(input.element ?? '') ?? 0n
  const charge = (used * toUnits(value)) / 10n ** 18n
  if (input.balance !== null) {
    return `Rate: ${fromUnits(used)} × ${value} = ${fromUnits(charge)}; ${fromUnits(charge - input.balance)} of that are a share of the lines, and this is the rest.`
  }
  // What rates charge is what the lines are split by (decision 013): other lines bear what is missing here.
  const isAll = input.weight === charge
  const where = isAll ? '' : ', by cost over all lines that the usage is of'
  return `Rate: ${fromUnits(used)} × ${value} = ${fromUnits(charge)}${where}; ${defaultElement} takes the rest.`
}

function weightsText({ dimension, element, raw }: ShapingInput): string | null {
  const factors = dimension.elements.filter(({ weight, element: { value } }) => weight !== null && raw.has(value))
  const excluded = dimension.elements.filter(({ exclude, element: { value } }) => exclude && raw.has(value))
  if (factors.length + excluded.length === 0) return null
  const times = factors.map((rule) => `${rule.element.value} counts ${rule.weight} times`)
  const own = times.filter((_, index) => factors[index]?.element.value === element)
  const out = excluded.length > 0 ? [`${list(excluded.map((rule) => rule.element.value))} excluded`] : []
  return `Weights: ${[...new Set([...own, ...times])].slice(0, 3).concat(out).join('; ')}.`
}

function cutOffText(dimension: AllocationDimension, before: Vector, after: Vector): string | null {
  const { elementCutoff } = dimension
  if (elementCutoff === null) return null
  const kept = new Set(after.elements)
  const left = before.elements.filter((element) => !kept.has(element))
  if (left.length === 0) return null
  const { thresholdPercent, name } = elementCutoff
  const where = name === null ? 'what they had goes to the others by their weights' : `what they had goes to ${name}`
  return `ElementCutoff of ${thresholdPercent} %: ${list(left)} left out, ${where}.`
}

function limitsText({ dimension, element, raw }: ShapingInput): string | null {
  const limited = dimension.elements.filter(
    ({ floor, cap, element: { value } }) => (floor !== null || cap !== null) && raw.has(value),
  )
  if (limited.length === 0) return null
  const words = limited.map(({ element: { value }, floor, cap }) => {
    const limits = [floor && `at least ${limitWords(floor)}`, cap && `at most ${limitWords(cap)}`].filter(Boolean)
    return `${value} pays ${limits.join(' and ')}`
  })
  const own = words.filter((_, index) => limited[index]?.element.value === element)
  return `Limits: ${[...new Set([...own, ...words])].slice(0, 3).join('; ')}.`
}

/** How the weights that were measured became those that cost was split by, step by step (lib/allocation/shape.ts). */
export function explainShaping(input: ShapingInput): Shaping[] {
  const { dimension, element, raw, weight, total, handedOn } = input
  const measured = toVector([...raw])
  const end = percentText(weight, total)
  const stages: Shaping[] = []
  let share = shareIn(measured, element)
  const stage = (kind: Shaping['kind'], text: string | null, after: string | null) => {
    if (text === null) return
    stages.push({ kind, text, before: share, after })
    share = after
  }
  const rate = rateText(input)
  if (rate !== null) {
    stage('rate', rate, input.balance === null ? end : null)
    return stages
  }
  const weighed = adjusted(dimension, measured)
  stage('weights', weightsText(input), shareIn(weighed, element))
  if (dimension.mutual !== null) {
    const after = handedOn ? shareIn(handedOn.vector, element) : end
    stage('mutual', `Elements that are pools hand on what they get (${MUTUAL_WORDS[dimension.mutual]}).`, after)
    if (handedOn === null) return stages
  }
  const cutoff = dimension.elementCutoff
  const handed = handedOn?.vector ?? weighed
  const claimed = filterVector(handed, (name) => name !== '')
  const kept = cutoff && claimed.elements.length > 0 ? cutOff({ vector: claimed, ...cutoff }) : claimed
  const isPart = claimed.elements.length < handed.elements.length
  stage('cutoff', cutOffText(dimension, claimed, kept), isPart ? end : shareIn(kept, element))
  stage('limits', limitsText(input), end)
  return stages
}
