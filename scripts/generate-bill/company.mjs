/**
 * The company behind the bill: who owns what, and how the cloud providers name it. Everything here is data.
 */

export const ENVIRONMENTS = ['prod', 'staging', 'dev']

/** Of 20 resources, how many run where; the index is the environment's. */
const ENVIRONMENT_SHARES = [14, 4, 2]

/** `weight`: how much of the company's cloud it uses, compared with the others. */
export const PRODUCTS = [
  { name: 'checkout', team: 'payments', unit: 'payments', weight: 14 },
  { name: 'payouts', team: 'payments', unit: 'payments', weight: 8 },
  { name: 'fraud-shield', team: 'risk', unit: 'payments', weight: 9 },
  { name: 'invoicing', team: 'billing', unit: 'payments', weight: 6 },
  { name: 'subscriptions', team: 'billing', unit: 'payments', weight: 5 },
  { name: 'storefront', team: 'storefront', unit: 'commerce', weight: 12 },
  { name: 'search', team: 'storefront', unit: 'commerce', weight: 7 },
  { name: 'messaging', team: 'growth', unit: 'commerce', weight: 6 },
  { name: 'loyalty', team: 'growth', unit: 'commerce', weight: 3 },
  { name: 'reporting', team: 'insights', unit: 'insights', weight: 8 },
  { name: 'data-studio', team: 'insights', unit: 'insights', weight: 5 },
  { name: 'identity', team: 'platform', unit: 'insights', weight: 4 },
]

const CUSTOMER_NAMES = 'amber birch cobalt delta ember falcon granite harbor indigo juniper'.split(' ')
const CUSTOMER_NAMES_2 = 'kestrel lumen maple nimbus orchid pioneer quartz river summit tundra'.split(' ')
const CUSTOMER_BRANCHES = ['bank', 'health', 'logistics', 'retail', 'travel']

/** A hundred, the largest first. */
export const CUSTOMERS = CUSTOMER_BRANCHES.flatMap((branch) =>
  [...CUSTOMER_NAMES, ...CUSTOMER_NAMES_2].map((name) => `${name}-${branch}`),
)

/** `currency`: the position in `CURRENCIES` that it bills in, as far as so many are asked for. */
export const PROVIDERS = {
  aws: {
    name: 'AWS',
    issuer: 'Amazon Web Services, Inc.',
    billingAccount: { id: '104857600011', name: 'Tessera Payer', type: 'Management Account' },
    subAccountType: 'Linked Account',
    currency: 0,
  },
  azure: {
    name: 'Microsoft',
    issuer: 'Microsoft Corporation',
    billingAccount: { id: '8611537', name: 'Tessera Enterprise Agreement', type: 'Billing Account' },
    subAccountType: 'Subscription',
    currency: 1,
  },
  gcp: {
    name: 'Google Cloud',
    issuer: 'Google LLC',
    billingAccount: { id: '01A2B3-C4D5E6-F70809', name: 'Tessera Cloud Billing', type: 'Billing Account' },
    subAccountType: 'Project',
    currency: 2,
  },
}

/** Units of a currency for a US dollar, in ten-thousandths, one month after the other. */
export const CURRENCIES = [
  { code: 'USD', rates: [10_000] },
  { code: 'EUR', rates: [9_212, 9_081, 9_004, 9_174, 9_408, 9_545] },
  { code: 'GBP', rates: [7_774, 7_731, 7_567, 7_662, 7_846, 7_905] },
]

/** Twelve of AWS, two of Azure, one of Google Cloud. Those of a business unit stand in the order of `ENVIRONMENTS`. */
export const ACCOUNTS = [
  ...['payments', 'commerce', 'insights'].flatMap((unit, unitIndex) =>
    ENVIRONMENTS.map((environment, index) => ({
      provider: 'aws',
      id: `2${unitIndex + 1}7483${index + 1}64800`,
      name: `${unit}-${environment}`,
    })),
  ),
  { provider: 'aws', id: '318742064801', name: 'platform-prod' },
  { provider: 'aws', id: '318742064802', name: 'security' },
  { provider: 'aws', id: '104857600011', name: 'payer' },
  { provider: 'azure', id: '6f1c2b7e-0d35-4c1a-9a52-3f8e0c7d1b24', name: 'insights-azure' },
  { provider: 'azure', id: 'b40d9c1e-77a3-4f0e-8c1d-52e6a9f3d708', name: 'corporate-it' },
  { provider: 'gcp', id: 'tessera-growth-ml', name: 'growth-ml' },
]

const named = (name) => ACCOUNTS.findIndex((account) => account.name === name)
export const PLATFORM_ACCOUNT = named('platform-prod')
export const PAYER_ACCOUNT = named('payer')

/** `price`: what the same costs there, in thousandths of the list price. `picks`: of 20 resources, how many. */
export const REGIONS = {
  aws: [
    { id: 'us-east-1', name: 'US East (N. Virginia)', price: 1000, picks: 11 },
    { id: 'eu-west-1', name: 'EU (Ireland)', price: 1080, picks: 6 },
    { id: 'ap-southeast-1', name: 'Asia Pacific (Singapore)', price: 1150, picks: 3 },
  ],
  azure: [
    { id: 'westeurope', name: 'West Europe', price: 1000, picks: 14 },
    { id: 'northeurope', name: 'North Europe', price: 980, picks: 6 },
  ],
  gcp: [{ id: 'europe-west4', name: 'Netherlands (europe-west4)', price: 1000, picks: 20 }],
}

const repeat = (values, countOf) => values.flatMap((value, index) => Array(countOf(value, index)).fill(index))

/** Indexes, each as often as it is to be met: a hash modulo the length picks one. */
export const PRODUCT_PICKS = repeat(PRODUCTS, ({ weight }) => weight)
export const CUSTOMER_PICKS = repeat(CUSTOMERS, (_, index) => Math.max(1, Math.floor(40 / (index + 4))))
export const ENVIRONMENT_PICKS = repeat(ENVIRONMENTS, (_, index) => ENVIRONMENT_SHARES[index])

/** The account of each product and environment, product by product. */
export const PRODUCT_ACCOUNTS = PRODUCTS.flatMap(({ unit }) =>
  ENVIRONMENTS.map((environment) => named(`${unit}-${environment}`)),
)
