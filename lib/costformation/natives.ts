import { FOCUS_COLUMNS, FOCUS_DRAFT_COLUMNS, type FocusColumn, type FocusStringColumn } from './focus-columns'

type NativeColumn = FocusStringColumn | `x_${string}` | `Tag:${string}`

/**
 * CloudZero's own source names. Those that FOCUS has by the same name (ServiceCategory, ResourceName, ResourceType,
 * InvoiceId, AvailabilityZone, PricingCategory…) are columns and so not listed here.
 * `from`: the first that has a value. `key`: how telemetry filters spell it.
 */
const NATIVES = {
  Account: { key: 'account', from: ['SubAccountId', 'BillingAccountId'] },
  AccountName: { key: 'account_name', from: ['SubAccountName', 'BillingAccountName'] },
  PayerAccount: { key: 'payer_account', from: ['BillingAccountId'] },
  BillingConnectionId: { key: 'billing_connection_id', from: ['x_BillingConnectionId'] },
  Service: { key: 'service', from: ['ServiceName'] },
  Region: { key: 'region', from: ['RegionId', 'RegionName'] },
  CloudProvider: { key: 'cloud_provider', from: ['ServiceProviderName', 'ProviderName'] },
  Resource: { key: 'resource', from: ['ResourceId'] },
  // As the vendor of the bill names it: CBF, CUR, and else FOCUS.
  LineItemType: { key: 'line_item_type', from: ['x_LineItemType', 'x_LineItemLineItemType', 'ChargeCategory'] },
  Description: { key: 'description', from: ['ChargeDescription'] },
  PricingTerm: { key: 'pricing_term', from: ['PricingCategory'] },
  CommittedUseSubscription: { key: 'committed_use_subscription', from: ['CommitmentDiscountId'] },
  Operation: { key: 'operation', from: ['x_Operation'] },
  UsageType: { key: 'usage_type', from: ['x_UsageType'] },
  UsageFamily: { key: 'usage_family', from: ['x_UsageFamily'] },
  ProductFamily: { key: 'product_family', from: ['x_UsageFamily'] },
  RequestType: { key: 'request_type', from: ['x_RequestType'] },
  TransferType: { key: 'transfer_type', from: ['x_TransferType'] },
  /** The UTC day of the charge's start, `2024-03-01`; computed, so that it has no column of its own. */
  UsageDay: { key: 'usage_day', from: [] },
  // AWS writes the pods of split cost allocation into tags of its own.
  'K8s:Cluster': { key: 'k8s_cluster', from: ['x_K8sCluster', 'Tag:aws:eks:cluster-name'] },
  'K8s:Namespace': { key: 'k8s_namespace', from: ['x_K8sNamespace', 'Tag:aws:eks:namespace'] },
  'K8s:Workload': { key: 'k8s_workload', from: ['x_K8sWorkload', 'Tag:aws:eks:workload-name'] },
} as const satisfies Record<string, { key: string; from: readonly NativeColumn[] }>

export type NativeName = keyof typeof NATIVES

export const NATIVE_NAMES = Object.keys(NATIVES) as NativeName[]

/** The columns (FOCUS, `x_` attributes or `Tag:` tags) that a native source reads; the first that has a value counts. */
export function nativeColumns(name: NativeName): readonly string[] {
  return NATIVES[name].from
}

/** A native's one spelling as a telemetry filter key: `cloud_provider`. */
export function nativeKey(name: NativeName): string {
  return NATIVES[name].key
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '')
}

/** Map, not an object: `constructor` is no source. */
function indexByFold<Name extends string>(names: readonly Name[]): ReadonlyMap<string, Name> {
  return new Map(names.map((name) => [fold(name), name]))
}

const nativesByFold = indexByFold(NATIVE_NAMES)
const columnsByFold = indexByFold(FOCUS_COLUMNS)
const draftsByFold = indexByFold(FOCUS_DRAFT_COLUMNS)

/** `Accounts`, `cloud_provider`, `SERVICE CATEGORIES`: what senders write for one name, the likeliest reading first. */
function spellings(name: string): string[] {
  const folded = fold(name)
  return [folded, folded.replace(/ies$/, 'y'), folded.replace(/s$/, '')]
}

function lookUp<Name>({ names, word }: { names: ReadonlyMap<string, Name>; word: string }): Name | null {
  for (const spelling of spellings(word)) {
    const found = names.get(spelling)
    if (found !== undefined) return found
  }
  return null
}

/** In any case, singular or plural. */
export function findNative(word: string): NativeName | null {
  return lookUp({ names: nativesByFold, word })
}

/** In any case, singular or plural. */
export function findFocusColumn(word: string): FocusColumn | null {
  return lookUp({ names: columnsByFold, word })
}

/** The attribute that carries a column of a FOCUS draft: `x_PrincipalId`. */
export function findDraftAttribute(word: string): string | null {
  const name = lookUp({ names: draftsByFold, word })
  return name === null ? null : `x_${name}`
}
