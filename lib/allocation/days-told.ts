import type { Metric } from '../contract/common'
import type { FocusStringColumn } from '../costformation/focus-columns'
import { nativeColumns } from '../costformation/natives'
import type { LineSource } from '../costformation/source'

/** What `cost_days` tells rows apart by beside the day, the bill and the tags: columns that say little more than the resource does. */
export const COST_DAY_COLUMNS = [
  'BillingAccountId',
  'BillingAccountName',
  'BillingCurrency',
  'ChargeCategory',
  'ChargeClass',
  'CommitmentDiscountStatus',
  'PricingCategory',
  'ProviderName',
  'RegionId',
  'RegionName',
  'ResourceId',
  'ResourceName',
  'ResourceType',
  'ServiceCategory',
  'ServiceName',
  'ServiceProviderName',
  'ServiceSubcategory',
  'SubAccountId',
  'SubAccountName',
] as const satisfies readonly FocusStringColumn[]

/** Quantities are left out: they add up only beside their units. */
export const COST_DAY_METRICS = [
  'BilledCost',
  'EffectiveCost',
  'ListCost',
  'ContractedCost',
] as const satisfies readonly Metric[]

const COLUMNS: ReadonlySet<string> = new Set(COST_DAY_COLUMNS)
const METRICS: ReadonlySet<string> = new Set(COST_DAY_METRICS)

/** Whether cost_days holds a metric. */
export const isAddedUpByDay = (metric: Metric): boolean => METRICS.has(metric)

/** Whether cost_days tells rows apart by a source: it reads nothing of a line but its day, its tags and those columns. */
export function isToldByDay(source: LineSource): boolean {
  switch (source.kind) {
    case 'native':
      return nativeColumns(source.name).every((column) => column.startsWith('Tag:') || COLUMNS.has(column))
    case 'column':
      return COLUMNS.has(source.name)
    case 'tag':
      return true
    case 'label':
    case 'attribute':
      return false
  }
}
