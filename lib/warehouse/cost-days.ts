import type { Metric } from '../contract/common'
import type { FocusStringColumn } from '../costformation/focus-columns'

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

// The cost lines of an import added up by day, under the same names: the start of a charge is that of its day. Each
// attempt at an import writes partitions of its own, of which PostgreSQL names the one to read. Small granules, because
// a report that filters picks few rows of each day.
export const COST_DAYS = `
CREATE TABLE IF NOT EXISTS cost_days (
  ImportId UUID,
  BillingMonth Date,
  Attempt UInt32,
  ChargePeriodStart DateTime('UTC') CODEC(Delta, ZSTD(1)),
  line_count UInt64,
  BilledCost Decimal(38, 18),
  EffectiveCost Decimal(38, 18),
  ListCost Decimal(38, 18),
  ContractedCost Decimal(38, 18),
  BillingAccountId LowCardinality(String),
  BillingAccountName LowCardinality(String),
  BillingCurrency LowCardinality(String),
  ChargeCategory LowCardinality(String),
  ChargeClass LowCardinality(String),
  CommitmentDiscountStatus LowCardinality(String),
  PricingCategory LowCardinality(String),
  ProviderName LowCardinality(String),
  RegionId LowCardinality(String),
  RegionName LowCardinality(String),
  ResourceId String,
  ResourceName String,
  ResourceType LowCardinality(String),
  ServiceCategory LowCardinality(String),
  ServiceName LowCardinality(String),
  ServiceProviderName LowCardinality(String),
  ServiceSubcategory LowCardinality(String),
  SubAccountId LowCardinality(String),
  SubAccountName LowCardinality(String),
  Tags Map(LowCardinality(String), String)
) ENGINE = MergeTree
PARTITION BY (ImportId, BillingMonth, Attempt)
ORDER BY (toDate(ChargePeriodStart), ServiceName, SubAccountId)
SETTINGS index_granularity = 1024`
