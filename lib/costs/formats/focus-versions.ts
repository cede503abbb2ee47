/** Columns by the version that brought them after 1.0; all others have been there since 1.0 or before. */
const SINCE: Readonly<Record<string, readonly string[]>> = {
  '1.1': [
    'CapacityReservationId',
    'CapacityReservationStatus',
    'CommitmentDiscountQuantity',
    'CommitmentDiscountUnit',
    'ServiceSubcategory',
    'SkuMeter',
    'SkuPriceDetails',
  ],
  '1.2': [
    'BillingAccountType',
    'InvoiceId',
    'PricingCurrency',
    'PricingCurrencyContractedUnitPrice',
    'PricingCurrencyEffectiveCost',
    'PricingCurrencyListUnitPrice',
    'SubAccountType',
  ],
  '1.3': [
    'AllocatedMethodDetails',
    'AllocatedMethodId',
    'AllocatedResourceId',
    'AllocatedResourceName',
    'AllocatedTags',
    'ContractApplied',
    'HostProviderName',
    'ServiceProviderName',
  ],
  '1.4': ['CommitmentProgramEligibilityDetails', 'InvoiceDetailId'],
}

/** The lowest version of FOCUS Cost and Usage that has these columns. */
export function focusVersion(columns: ReadonlySet<string>): string {
  const newest = Object.entries(SINCE).findLast(([, since]) => since.some((column) => columns.has(column)))
  return newest?.[0] ?? '1.0'
}
