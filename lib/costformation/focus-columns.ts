/**
 * The columns of FOCUS Cost and Usage 1.0 to 1.4, by type; drafts of 1.5 are left out. ProviderName and PublisherName
 * were removed in 1.4 and are kept, because older exports have them. `Tags` is the only map, and so in no list.
 */

/** Strings, and JSON objects kept as their text. */
export const FOCUS_STRING_COLUMNS = [
  'AllocatedMethodDetails',
  'AllocatedMethodId',
  'AllocatedResourceId',
  'AllocatedResourceName',
  'AllocatedTags',
  'AvailabilityZone',
  'BillingAccountId',
  'BillingAccountName',
  'BillingAccountType',
  'BillingCurrency',
  'CapacityReservationId',
  'CapacityReservationStatus',
  'ChargeCategory',
  'ChargeClass',
  'ChargeDescription',
  'ChargeFrequency',
  'CommitmentDiscountCategory',
  'CommitmentDiscountId',
  'CommitmentDiscountName',
  'CommitmentDiscountStatus',
  'CommitmentDiscountType',
  'CommitmentDiscountUnit',
  'CommitmentProgramEligibilityDetails',
  'ConsumedUnit',
  'ContractApplied',
  'HostProviderName',
  'InvoiceDetailId',
  'InvoiceId',
  'InvoiceIssuerName',
  'PricingCategory',
  'PricingCurrency',
  'PricingUnit',
  'ProviderName',
  'PublisherName',
  'RegionId',
  'RegionName',
  'ResourceId',
  'ResourceName',
  'ResourceType',
  'ServiceCategory',
  'ServiceName',
  'ServiceProviderName',
  'ServiceSubcategory',
  'SkuId',
  'SkuMeter',
  'SkuPriceDetails',
  'SkuPriceId',
  'SubAccountId',
  'SubAccountName',
  'SubAccountType',
] as const

export const FOCUS_DECIMAL_COLUMNS = [
  'BilledCost',
  'CommitmentDiscountQuantity',
  'ConsumedQuantity',
  'ContractedCost',
  'ContractedUnitPrice',
  'EffectiveCost',
  'ListCost',
  'ListUnitPrice',
  'PricingCurrencyContractedUnitPrice',
  'PricingCurrencyEffectiveCost',
  'PricingCurrencyListUnitPrice',
  'PricingQuantity',
] as const

/** UTC; the ends of periods are exclusive. */
export const FOCUS_TIME_COLUMNS = [
  'BillingPeriodEnd',
  'BillingPeriodStart',
  'ChargePeriodEnd',
  'ChargePeriodStart',
] as const

/** Columns of the 1.5 draft (September 2026): not stored as columns, but kept as attributes `x_<name>`. */
export const FOCUS_DRAFT_COLUMNS = ['AllocatedServiceName', 'CredentialDetails', 'CredentialId', 'PrincipalId'] as const

export type FocusStringColumn = (typeof FOCUS_STRING_COLUMNS)[number]
export type FocusDecimalColumn = (typeof FOCUS_DECIMAL_COLUMNS)[number]
export type FocusTimeColumn = (typeof FOCUS_TIME_COLUMNS)[number]
export type FocusColumn = FocusStringColumn | FocusDecimalColumn | FocusTimeColumn

export const FOCUS_COLUMNS: readonly FocusColumn[] = [
  ...FOCUS_STRING_COLUMNS,
  ...FOCUS_DECIMAL_COLUMNS,
  ...FOCUS_TIME_COLUMNS,
]
