/**
 * The columns of FOCUS Cost and Usage, with the versions that have them and the SQL that computes them over the lines
 * of `lines.mjs`. Text is '' where there is none, and becomes null on its way out.
 */

export const VERSIONS = ['1.0', '1.1', '1.2', '1.3', '1.4']

const text = (name, sql = "''", since = '1.0', until = '1.4') => ({ name, kind: 'text', sql, since, until })
const decimal = (name, sql, since = '1.0') => ({ name, kind: 'decimal', sql, since, until: '1.4' })
/** What every line has: never null. */
const cost = (name, sql) => ({ name, kind: 'cost', sql, since: '1.0', until: '1.4' })
const time = (name, sql) => ({ name, kind: 'time', sql, since: '1.0', until: '1.4' })

const COLUMNS = [
  text('AllocatedMethodDetails', "''", '1.3'),
  text('AllocatedMethodId', "''", '1.3'),
  text('AllocatedResourceId', "''", '1.3'),
  text('AllocatedResourceName', "''", '1.3'),
  text('AllocatedTags', "''", '1.3'),
  text('AvailabilityZone', 'zone'),
  cost('BilledCost', 'billed'),
  text('BillingAccountId', 'billing_account_id'),
  text('BillingAccountName', 'billing_account_name'),
  text('BillingAccountType', 'billing_account_type', '1.2'),
  text('BillingCurrency', 'currency'),
  time('BillingPeriodEnd', 'billing_end'),
  time('BillingPeriodStart', 'billing_start'),
  text('CapacityReservationId', "''", '1.1'),
  text('CapacityReservationStatus', "''", '1.1'),
  text('ChargeCategory', 'charge_category'),
  text('ChargeClass', 'charge_class'),
  text('ChargeDescription', 'description'),
  text('ChargeFrequency', 'frequency'),
  time('ChargePeriodEnd', 'charge_end'),
  time('ChargePeriodStart', 'charge_start'),
  text('CommitmentDiscountCategory', 'commitment_category'),
  text('CommitmentDiscountId', 'commitment_id'),
  text('CommitmentDiscountName', 'commitment_name'),
  decimal('CommitmentDiscountQuantity', 'commitment_quantity', '1.1'),
  text('CommitmentDiscountStatus', 'commitment_status'),
  text('CommitmentDiscountType', 'commitment_type'),
  text('CommitmentDiscountUnit', 'commitment_unit', '1.1'),
  text('CommitmentProgramEligibilityDetails', "''", '1.4'),
  decimal('ConsumedQuantity', 'consumed_quantity'),
  text('ConsumedUnit', "if(is_amount, '', unit)"),
  text('ContractApplied', "''", '1.3'),
  cost('ContractedCost', 'contracted'),
  decimal('ContractedUnitPrice', 'contracted_price'),
  cost('EffectiveCost', 'effective'),
  text('HostProviderName', 'provider', '1.3'),
  text('InvoiceDetailId', "concat(invoice, '-', toString(fleet))", '1.4'),
  text('InvoiceId', 'invoice', '1.2'),
  text('InvoiceIssuerName', 'issuer'),
  cost('ListCost', 'list'),
  decimal('ListUnitPrice', 'list_price'),
  text('PricingCategory', 'pricing_category'),
  text('PricingCurrency', "'USD'", '1.2'),
  decimal('PricingCurrencyContractedUnitPrice', 'usd_contracted_price', '1.2'),
  decimal('PricingCurrencyEffectiveCost', 'usd_effective', '1.2'),
  decimal('PricingCurrencyListUnitPrice', 'usd_list_price', '1.2'),
  decimal('PricingQuantity', 'pricing_quantity'),
  text('PricingUnit', "if(isNull(pricing_quantity), '', unit)"),
  text('ProviderName', 'provider', '1.0', '1.3'),
  text('PublisherName', 'publisher', '1.0', '1.3'),
  text('RegionId', 'region_id'),
  text('RegionName', 'region_name'),
  text('ResourceId', 'resource_id'),
  text('ResourceName', 'resource_name'),
  text('ResourceType', 'resource_type'),
  text('ServiceCategory', 'category'),
  text('ServiceName', 'service'),
  text('ServiceProviderName', 'provider', '1.3'),
  text('ServiceSubcategory', 'subcategory', '1.1'),
  text('SkuId', 'sku_id'),
  text('SkuMeter', 'meter', '1.1'),
  text('SkuPriceDetails', 'sku_details', '1.1'),
  text('SkuPriceId', 'sku_price_id'),
  text('SubAccountId', 'account_id'),
  text('SubAccountName', 'account_name'),
  text('SubAccountType', 'account_type', '1.2'),
  { name: 'Tags', kind: 'map', sql: 'tags', since: '1.0', until: '1.4' },
]

/** In FOCUS's own, alphabetical order. */
export function columnsOf(version) {
  const position = VERSIONS.indexOf(version)
  return COLUMNS.filter(
    ({ since, until }) => VERSIONS.indexOf(since) <= position && position <= VERSIONS.indexOf(until),
  )
}

const CSV = {
  text: ({ sql }) => `nullIf(${sql}, '')`,
  decimal: ({ sql }) => sql,
  cost: ({ sql }) => sql,
  time: ({ sql }) => sql,
  map: () => "nullIf(tags_json, '')",
}

const PARQUET = {
  text: ({ sql }) => `nullIf(${sql}, '')`,
  decimal: ({ sql }) => `CAST(${sql} AS Nullable(Decimal(38, 12)))`,
  cost: ({ sql }) => `CAST(${sql} AS Decimal(38, 12))`,
  time: ({ sql }) => `CAST(${sql} AS DateTime64(3, 'UTC'))`,
  map: ({ sql }) => `CAST(${sql} AS Map(String, String))`,
}

/** The list of a SELECT over the lines. */
export function selectList({ version, format }) {
  const write = format === 'parquet' ? PARQUET : CSV
  return columnsOf(version)
    .map((column) => `${write[column.kind](column)} AS ${column.name}`)
    .join(',\n')
}
