/**
 * The tables that lines are made from: the fleets as they stand in the catalogue, and every resource with all that
 * stays the same from line to line. What is picked is picked by a hash of the seed, the fleet and the resource's number.
 */
import { COMMITMENTS, FEES, FLEETS, REST, SHAPES } from './catalogue.mjs'
import {
  ACCOUNTS,
  CURRENCIES,
  CUSTOMER_PICKS,
  CUSTOMERS,
  ENVIRONMENT_PICKS,
  ENVIRONMENTS,
  PAYER_ACCOUNT,
  PLATFORM_ACCOUNT,
  PRODUCT_ACCOUNTS,
  PRODUCT_PICKS,
  PRODUCTS,
  PROVIDERS,
  REGIONS,
} from './company.mjs'

/** What is taken off the list price, in thousandths, by contract and by commitment. */
const DISCOUNTS = { aws: 60, azure: 30, gcp: 0 }
export const COMMITTED_SHARE = 720

/** A fleet's place in this list is its number in every table. */
export const ALL_FLEETS = [...FLEETS, REST, ...FEES]

const ALL_REGIONS = [...Object.values(REGIONS).flat(), { id: '', name: '', price: 1000 }]

/** `0.0716` → 71600000: billionths of a dollar. */
export function nano(price) {
  const [whole, fraction = ''] = price.split('.')
  return Number(whole + fraction.padEnd(9, '0'))
}

function accountsOf({ owner, provider }) {
  if (owner === 'product') return []
  if (owner === 'platform') return [PLATFORM_ACCOUNT]
  if (owner === 'payer') return [PAYER_ACCOUNT]
  return ACCOUNTS.flatMap((account, index) => (account.provider === provider ? [index] : []))
}

function regionsOf({ owner, provider, cadence }) {
  if (cadence === 'fee') return [ALL_REGIONS.length - 1]
  const first = ALL_REGIONS.indexOf(REGIONS[provider][0])
  if (owner === 'platform') return [first]
  return REGIONS[provider].flatMap(({ picks }, index) => Array(picks).fill(first + index))
}

export const currencyOf = ({ provider, currencies }) =>
  CURRENCIES[Math.min(PROVIDERS[provider].currency, currencies - 1)]

/** How many resources a fleet has in all; of a fee: how many accounts are charged. */
function sizeOf({ fleet, most }) {
  if (fleet.cadence !== 'fee') return most.get(fleet.key) ?? 0
  return fleet.owner === 'each' ? accountsOf(fleet).length : 1
}

/** Rows of the table `fleets`. `most`: the largest number of active resources by the fleet's key. */
export function fleetRows({ most, currencies }) {
  let first = 0
  return ALL_FLEETS.map((fleet, number) => {
    const size = sizeOf({ fleet, most })
    const provider = PROVIDERS[fleet.provider]
    const commitment = COMMITMENTS[fleet.commitment ?? fleet.committed]
    const isInstance = fleet.cadence === 'hourly' && /^(Instance|DB Instance|Cache Node|Broker)$/.test(fleet.type)
    const row = {
      fleet: number,
      key: fleet.key,
      first,
      size,
      owner: fleet.owner,
      pool: fleet.pool ?? '',
      is_tenant: fleet.tenant ? 1 : 0,
      accounts: accountsOf(fleet),
      regions: regionsOf(fleet),
      provider: provider.name,
      publisher: fleet.publisher,
      issuer: provider.issuer,
      billing_account_id: provider.billingAccount.id,
      billing_account_name: provider.billingAccount.name,
      billing_account_type: provider.billingAccount.type,
      account_type: provider.subAccountType,
      currency: currencyOf({ provider: fleet.provider, currencies }).code,
      service: fleet.service,
      category: fleet.category,
      subcategory: fleet.subcategory,
      sku: fleet.sku,
      sku_details: isInstance ? JSON.stringify({ InstanceType: fleet.sku }) : '',
      meter: fleet.meter,
      unit: fleet.unit,
      resource_type: fleet.type,
      id_template: fleet.id,
      name_template: fleet.name,
      has_zone: fleet.provider === 'aws' && fleet.cadence === 'hourly' ? 1 : 0,
      is_steady: fleet.steady ? 1 : 0,
      base: Math.round(fleet.base * 1000),
      noise: fleet.noise,
      shape: fleet.cadence === 'hourly' ? SHAPES[fleet.shape] : [1000],
      price: nano(fleet.price),
      discount: fleet.dynamic ? 0 : DISCOUNTS[fleet.provider],
      charge_category: fleet.charge ?? 'Usage',
      frequency: fleet.frequency ?? 'Usage-Based',
      pricing: fleet.cadence === 'fee' ? '' : fleet.dynamic ? 'Dynamic' : 'Standard',
      fee_description: fleet.description ?? '',
      is_covered_fleet: fleet.commitment ? 1 : 0,
      commitment_id: commitment?.id ?? '',
      commitment_name: commitment?.name ?? '',
      commitment_category: commitment?.category ?? '',
      commitment_type: commitment?.type ?? '',
      commitment_unit: commitment?.unit ?? '',
      fee_status: fleet.key.endsWith('-unused') ? 'Unused' : '',
    }
    first += size
    return row
  })
}

/** `rows` give the columns and, by their values, the types. */
export function createFleets(rows) {
  const typeOf = (value) =>
    Array.isArray(value) ? 'Array(UInt32)' : typeof value === 'number' ? 'Int64' : 'LowCardinality(String)'
  const columns = Object.entries(rows[0]).map(([name, value]) => `${name} ${typeOf(value)}`)
  return `CREATE TABLE fleets (${columns.join(', ')}) ENGINE = Memory`
}

const quote = (value) => (typeof value === 'number' ? String(value) : `'${value}'`)
const list = (values) => `[${values.map(quote).join(', ')}]`
/** The element of a constant list; `index` counts from 0. */
const at = (values, index) => `${list(values)}[${index} + 1]`
const lowCardinality = (sql) => `toLowCardinality(${sql})`

/** The table `resources`, numbered through all fleets. */
export function createResources({ seed }) {
  const hash = (purpose) => `sipHash64(${seed}, key, n, '${purpose}')`
  const pick = (values, purpose) => at(values, `${hash(purpose)} % ${values.length}`)
  const product = (values) => at(values, 'product_index')
  const fill = (template, slots = []) =>
    [
      ...slots,
      ['{region}', 'region_id'],
      ['{account}', 'account_id'],
      ['{hex}', `lower(concat(hex(${hash('id')}), 'a'))`],
      ['{product}', 'product'],
      ['{environment}', 'environment'],
      ['{customer}', `if(customer = '', 'shared', customer)`],
      ['{n}', `leftPad(toString(n + 1), 2, '0')`],
    ].reduce((sql, [slot, value]) => `replaceAll(${sql}, '${slot}', ${value})`, template)

  return `CREATE TABLE resources ENGINE = Memory AS
WITH
  picked AS (
    SELECT
      n,
      *,
      owner = 'product' AS is_product,
      is_covered_fleet = 1 AND ${hash('covered')} % 100 < 70 AS is_covered,
      ${pick(PRODUCT_PICKS, 'product')} AS product_index,
      if(is_product, ${pick(ENVIRONMENT_PICKS, 'environment')}, 0) AS environment_index,
      multiIf(
        is_product, ${at(PRODUCT_ACCOUNTS, `product_index * ${ENVIRONMENTS.length} + environment_index`)},
        owner = 'each', accounts[n + 1],
        accounts[${hash('account')} % length(accounts) + 1]) AS account_index,
      regions[${hash('region')} % length(regions) + 1] AS region_index,
      ${hash('mess')} % 100 AS mess
    FROM (SELECT * FROM fleets ORDER BY fleet) ARRAY JOIN range(toUInt32(size)) AS n),
  named AS (
    SELECT
      *,
      if(is_product, ${product(PRODUCTS.map(({ name }) => name))}, '') AS product,
      multiIf(is_product, ${product(PRODUCTS.map(({ team }) => team))}, owner = 'platform', 'platform', owner = 'it', 'corporate-it', '') AS team,
      ${at(ENVIRONMENTS, 'environment_index')} AS environment,
      multiIf(
        is_tenant = 1, ${at(CUSTOMERS, `n % ${CUSTOMERS.length}`)},
        is_product AND ${hash('has-customer')} % 100 < 30, ${at(CUSTOMERS, pick(CUSTOMER_PICKS, 'customer'))},
        '') AS customer,
      ${at(
        ACCOUNTS.map(({ id }) => id),
        'account_index',
      )} AS account_id,
      ${at(
        ACCOUNTS.map(({ name }) => name),
        'account_index',
      )} AS account_name,
      ${at(
        ALL_REGIONS.map(({ id }) => id),
        'region_index',
      )} AS region_id,
      ${at(
        ALL_REGIONS.map(({ name }) => name),
        'region_index',
      )} AS region_name,
      ${fill('name_template')} AS resource_name,
      intDiv(price * ${at(
        ALL_REGIONS.map(({ price }) => price),
        'region_index',
      )} + 500, 1000) AS list_nano,
      intDiv(list_nano * (1000 - discount) + 500, 1000) AS contracted_nano,
      if(is_covered, intDiv(contracted_nano * ${COMMITTED_SHARE} + 500, 1000), contracted_nano) AS effective_nano,
      -- Real tags: other cases, typing errors, stray spaces, other keys and other words for the same.
      multiIf(
        product = '', '',
        mess = 0, initcap(product),
        mess = 1, upper(product),
        mess = 2, concat(substring(product, 1, 2), substring(product, 4)),
        mess = 3, concat(product, ' '),
        mess = 4, 'n/a',
        product) AS product_tag,
      multiIf(mess = 5, 'production', mess = 6, initcap(environment), mess = 7, '', environment) AS environment_tag,
      multiIf(mess = 8, '', mess = 9, concat('team-', team), team) AS team_tag,
      -- What is shared is tagged with its pool; of the rest, a quarter has no tags at all.
      if(charge_category = 'Usage' AND fee_description = '' AND (pool != '' OR ${hash('tagged')} % 100 < 66),
        mapFilter((key, value) -> value != '', map(
          'customer', customer,
          'environment', environment_tag,
          'pool', toString(pool),
          if(mess = 10, 'Product', 'product'), product_tag,
          'team', team_tag)),
        map()) AS tags
    FROM picked)
SELECT
  toUInt32(first + n) AS resource,
  toUInt16(fleet) AS fleet,
  toInt64(multiIf(is_steady AND has_zone, base, ${hash('size')} % 20 = 0, base * 4, intDiv(base * (400 + toInt64(${hash('size')} % 1200)), 1000))) AS base,
  toInt64(noise) AS noise,
  shape,
  list_nano, contracted_nano, effective_nano,
  is_covered,
  ${['provider', 'publisher', 'issuer', 'billing_account_id', 'billing_account_name', 'billing_account_type', 'account_type', 'currency', 'service', 'category', 'subcategory', 'sku_details', 'meter', 'unit', 'resource_type', 'charge_category', 'frequency'].join(', ')},
  ${lowCardinality('account_id')} AS account_id,
  ${lowCardinality('account_name')} AS account_name,
  ${lowCardinality('region_id')} AS region_id,
  ${lowCardinality('region_name')} AS region_name,
  ${lowCardinality(`if(has_zone AND region_id != '', concat(region_id, ${pick(['a', 'b', 'c'], 'zone')}), '')`)} AS zone,
  ${fill('id_template', [['{name}', 'resource_name']])} AS resource_id,
  resource_name,
  ${lowCardinality(`multiIf(provider != 'AWS', sku, sku = '', '', hex(sipHash64(service, sku, region_id)))`)} AS sku_id,
  ${lowCardinality(`if(sku_id = '', '', concat(sku_id, if(provider = 'AWS', '.JRTCKXETXF.6YS6EN2CT7', '-P1Y')))`)} AS sku_price_id,
  ${lowCardinality(`if(fee_description != '', fee_description, concat('$', toString(toDecimal64(list_nano, 0) * toDecimal64('0.000000001', 9)), ' per ', unit, ' of ', meter, ' in ', region_name))`)} AS description,
  ${lowCardinality(`if(is_covered, 'Committed', toString(pricing))`)} AS pricing_category,
  ${['id', 'name', 'category', 'type', 'unit'].map((part) => `${lowCardinality(`if(is_covered OR is_covered_fleet = 0, toString(commitment_${part}), '')`)} AS commitment_${part}`).join(',\n  ')},
  ${lowCardinality(`if(is_covered, 'Used', toString(fee_status))`)} AS commitment_status,
  tags,
  if(empty(tags), '', toJSONString(tags)) AS tags_json
FROM named
ORDER BY resource
SETTINGS max_threads = 1`
}
