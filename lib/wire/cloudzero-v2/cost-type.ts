import type { CostType } from '../../contract/cloudzero-v2'
import type { Metric } from '../../contract/common'

/**
 * CloudZero's cost types as FOCUS metrics. FOCUS has one amortised metric, which holds every discount, so that the four
 * amortised types are one here; real_cost leaves nothing out of it, where CloudZero drops tax, support and the unused
 * part of commitments (filter by LineItemType for that).
 */
export const METRIC_OF_COST_TYPE: Record<CostType, Metric> = {
  real_cost: 'EffectiveCost',
  billed_cost: 'BilledCost',
  discounted_cost: 'ContractedCost',
  amortized_cost: 'EffectiveCost',
  discounted_amortized_cost: 'EffectiveCost',
  invoiced_amortized_cost: 'EffectiveCost',
  on_demand_cost: 'ListCost',
  usage_amount: 'ConsumedQuantity',
}
