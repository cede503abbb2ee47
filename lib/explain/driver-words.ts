import type { Driver } from '../allocation/split-plan'
import type { RuleAllocation } from '../costformation/tree'

const COST_WORDS: Record<RuleAllocation['costType'], string> = {
  RealCost: 'effective cost',
  BilledCost: 'billed cost',
  DiscountedCost: 'contracted cost',
  AmortizedCost: 'effective cost',
  DiscountedAmortizedCost: 'effective cost',
  OnDemandCost: 'list cost',
  UsageAmount: 'consumed quantity',
}

/** A driver as an explanation calls it: a stream's name, or what a rule does. */
export function driverName({ source }: Driver): string {
  if (source.kind !== 'rules') return source.stream.name
  const { method, costType, fixed } = source.rules
  if (method === 'Even') return 'Even'
  if (method === 'Fixed') return fixed?.isPercent ? 'Fixed percentages' : 'Fixed weights'
  return `Proportional to ${COST_WORDS[costType]}`
}
