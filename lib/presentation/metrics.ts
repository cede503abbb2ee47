import type { Metric } from '@/lib/contract/common'
import type { Unit } from './money'

/** FOCUS 1.0 column definitions, in one line each. */
export const METRIC_WORDS: Record<Metric, { label: string; hint: string }> = {
  EffectiveCost: { label: 'Effective cost', hint: 'Amortised: commitments spread over what they cover' },
  BilledCost: { label: 'Billed cost', hint: 'What the invoice says' },
  ListCost: { label: 'List cost', hint: 'At public list prices' },
  ContractedCost: { label: 'Contracted cost', hint: 'At negotiated prices, before commitments' },
  ConsumedQuantity: { label: 'Consumed quantity', hint: 'How much was used, in each line’s own unit' },
  PricingQuantity: { label: 'Pricing quantity', hint: 'How much was priced, in each line’s own unit' },
}

export const COST_METRICS = ['EffectiveCost', 'BilledCost', 'ListCost', 'ContractedCost'] as const satisfies Metric[]

export function isQuantity(metric: Metric): boolean {
  return metric === 'ConsumedQuantity' || metric === 'PricingQuantity'
}

/** Quantities of different lines have different units; their sum is only ever `units`. */
export function unitOf(metric: Metric, currency: string | null): Unit {
  if (isQuantity(metric)) return { word: 'units' }
  return currency === null ? { word: '' } : { currency }
}
