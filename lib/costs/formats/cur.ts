import { sqlString } from '../../costformation/sql-literal'
import { AppError } from '../../errors'
import { assemble } from './assemble'
import { floatWarnings } from './attributes'
import { serviceCategory } from './aws-categories'
import { type CurColumns, readCurColumns } from './cur-columns'
import { type EffectiveParts, effectiveCost, rulesOf } from './cur-rules'
import { cost, decimal, ZERO } from './decimal'
import { presence } from './focus'
import { type HeaderColumn, shownHeader } from './header'
import type { LinePlan, Value } from './line-plan'
import { constant, firstText, plain } from './sql'
import { joinMaps, mapMember, mapOfColumns, mapOfPairs, tagPairs } from './tags'
import { text } from './text'
import { time } from './time'

/** FOCUS columns that are a report's cell as it is: the first of these that has a value. */
const TEXTS: readonly [column: string, from: readonly string[]][] = [
  ['AvailabilityZone', ['lineItem/AvailabilityZone']],
  ['BillingAccountId', ['bill/PayerAccountId']],
  ['BillingAccountName', ['bill/PayerAccountName']],
  ['ChargeDescription', ['lineItem/LineItemDescription']],
  ['CommitmentDiscountId', ['savingsPlan/SavingsPlanARN', 'reservation/ReservationARN']],
  ['ConsumedUnit', ['pricing/unit']],
  ['InvoiceId', ['bill/InvoiceId']],
  ['InvoiceIssuerName', ['bill/InvoicingEntity', 'lineItem/LegalEntity']],
  ['PricingCurrency', ['pricing/currency']],
  ['PricingUnit', ['pricing/unit']],
  ['PublisherName', ['lineItem/LegalEntity', 'bill/BillingEntity']],
  ['RegionId', ['product/regionCode', 'product/region']],
  ['RegionName', ['product/location']],
  ['ResourceId', ['lineItem/ResourceId']],
  ['SkuId', ['product/sku']],
  ['SkuPriceId', ['pricing/RateCode']],
  ['SubAccountId', ['lineItem/UsageAccountId']],
  ['SubAccountName', ['lineItem/UsageAccountName']],
]

/** Cells that a line keeps whole in other columns, and so not as attributes. */
const KEPT_ELSEWHERE = new Set([
  ...TEXTS.filter(([, from]) => from.length === 1).flatMap(([, from]) => from),
  'bill/BillingPeriodStartDate',
  'bill/BillingPeriodEndDate',
  'lineItem/CurrencyCode',
  'lineItem/UnblendedCost',
  'lineItem/UsageStartDate',
  'lineItem/UsageEndDate',
])

/** What natives of CloudZero read. */
const NATIVES: readonly [key: string, from: string][] = [
  ['x_Operation', 'lineItem/Operation'],
  ['x_UsageType', 'lineItem/UsageType'],
  ['x_UsageFamily', 'product/productFamily'],
  ['x_TransferType', 'product/transferType'],
]

/**
 * AWS Cost and Usage Report (legacy CSV or Parquet) and CUR 2.0, as FOCUS. BilledCost is the unblended cost; what becomes
 * of line item types is in cur-rules. Throws AppError('unprocessable') without cost or time.
 */
export function planCur({ header, format }: { header: readonly HeaderColumn[]; format: 'cur' | 'cur2' }): LinePlan {
  const columns = readCurColumns(header)
  const start = columns.find('lineItem/UsageStartDate')
  const unblended = columns.find('lineItem/UnblendedCost')
  if (!start || !unblended) {
    const missing = [unblended ? null : 'lineItem/UnblendedCost', start ? null : 'lineItem/UsageStartDate']
    const names = header.map(({ name }) => name)
    throw new AppError(
      'unprocessable',
      `This is not an AWS CUR: the header lacks ${missing.filter(Boolean).join(', ')}. Seen: ${shownHeader(names)}.`,
    )
  }
  const values = new Map<string, Value>([
    ...timeValues({ columns, start }),
    ...costValues({ columns, unblended }),
    ...textValues(columns),
    ...mapValues(columns),
  ])
  return assemble({ format, values, warnings: [...warningsOf(columns), ...floatWarnings(header)] })
}

function timeValues({ columns, start }: { columns: CurColumns; start: HeaderColumn }): [string, Value][] {
  const from = time({ column: start, isRequired: true })
  const end = columns.find('lineItem/UsageEndDate')
  const billStart = columns.find('bill/BillingPeriodStartDate')
  const billEnd = columns.find('bill/BillingPeriodEndDate')
  const bill = billStart ? time({ column: billStart, isRequired: true }) : null
  const month = bill?.month ?? from.month
  return [
    ['ChargePeriodStart', from],
    ['ChargePeriodEnd', end ? time({ column: end, isRequired: true }) : plain(`${from.sql} + toIntervalHour(1)`)],
    ['BillingPeriodStart', bill ?? plain(`toDateTime(${month}, 'UTC')`)],
    ['BillingPeriodEnd', billEnd ? time({ column: billEnd }) : plain(`toDateTime(addMonths(${month}, 1), 'UTC')`)],
    ['BillingMonth', plain(month)],
  ]
}

function typeOf(columns: CurColumns): string {
  const column = columns.find('lineItem/LineItemType')
  return column ? text(column) : "'Usage'"
}

function costValues({ columns, unblended }: { columns: CurColumns; unblended: HeaderColumn }): [string, Value][] {
  const type = typeOf(columns)
  const rules = rulesOf(type)
  const number = (name: string) => {
    const column = columns.find(name)
    return column ? decimal({ column }) : null
  }
  const billed = cost(decimal({ column: unblended, isRequired: true }))
  const onDemand = number('pricing/publicOnDemandCost')
  const publicCost = onDemand ? `ifNull(${onDemand.sql}, ${billed.sql})` : billed.sql
  const list = `if(${rules.isNegation}, ${ZERO}, ${publicCost})`
  const arn = columns.find('reservation/ReservationARN')
  const parts: EffectiveParts = {
    unblended: billed,
    savingsPlanEffective: number('savingsPlan/SavingsPlanEffectiveCost'),
    savingsPlanTotal: number('savingsPlan/TotalCommitmentToDate'),
    savingsPlanUsed: number('savingsPlan/UsedCommitment'),
    reservationEffective: number('reservation/EffectiveCost'),
    unusedUpfront: number('reservation/UnusedAmortizedUpfrontFeeForBillingPeriod'),
    unusedRecurring: number('reservation/UnusedRecurringFee'),
    reservationArn: arn ? text(arn) : null,
  }
  const effective = effectiveCost({ type, parts })
  const amount = number('lineItem/UsageAmount')
  const rate = number('lineItem/UnblendedRate')
  const publicRate = number('pricing/publicOnDemandRate')
  const unlessNot = (test: string, value: Value): Value => ({ ...value, sql: `if(${test}, ${value.sql}, NULL)` })
  const isUnused = `(${type} IN ('RIFee', 'SavingsPlanRecurringFee') AND ${effective.sql} != 0)`
  const usageType = columns.find('lineItem/UsageType')
  const isSpot = usageType ? `position(${text(usageType)}, 'SpotUsage') > 0` : '0'
  return [
    ['BilledCost', billed],
    ['EffectiveCost', { ...effective, sql: `ifNull(${effective.sql}, ${ZERO})` }],
    ['ListCost', { sql: list, checks: onDemand?.checks ?? [] }],
    // The price before commitments: of usage under a reservation only the public one is known.
    [
      'ContractedCost',
      plain(`multiIf(${rules.isNegation}, ${ZERO}, ${type} = 'DiscountedUsage', ${publicCost}, ${billed.sql})`),
    ],
    ...(amount
      ? ([
          ['PricingQuantity', unlessNot(rules.hasQuantity, amount)],
          ['ConsumedQuantity', unlessNot(rules.hasUsage, amount)],
        ] satisfies [string, Value][])
      : []),
    ...(publicRate ? ([['ListUnitPrice', publicRate]] satisfies [string, Value][]) : []),
    ...(rate
      ? ([['ContractedUnitPrice', unlessNot(`${type} IN ('Usage', 'SavingsPlanCoveredUsage')`, rate)]] satisfies [
          string,
          Value,
        ][])
      : []),
    ['ChargeCategory', plain(rules.chargeCategory)],
    ['ChargeClass', plain(rules.chargeClass)],
    ['ChargeFrequency', plain(rules.chargeFrequency)],
    [
      'PricingCategory',
      plain(`multiIf(${rules.isCovered}, 'Committed', ${type} != 'Usage', '', ${isSpot}, 'Dynamic', 'Standard')`),
    ],
    // One line of a report is the fee and what is unused of it.
    ['CommitmentDiscountStatus', plain(`multiIf(${rules.isCovered}, 'Used', ${isUnused}, 'Unused', '')`)],
    [
      'CommitmentDiscountCategory',
      plain(
        `multiIf(startsWith(${type}, 'SavingsPlan'), 'Spend', ${type} IN ('DiscountedUsage', 'RIFee'), 'Usage', '')`,
      ),
    ],
    [
      'CommitmentDiscountType',
      plain(
        `multiIf(startsWith(${type}, 'SavingsPlan'), 'Savings Plan', ${type} IN ('DiscountedUsage', 'RIFee'), 'Reserved Instance', '')`,
      ),
    ],
  ]
}

function textValues(columns: CurColumns): [string, Value][] {
  const texts = TEXTS.flatMap(([column, from]): [string, Value][] => {
    const cells = from.map(columns.find).filter((cell) => cell !== undefined)
    return cells.length > 0 ? [[column, plain(firstText(cells.map(text)))]] : []
  })
  const currency = columns.find('lineItem/CurrencyCode')
  const product = columns.maps.find(({ prefix }) => prefix === 'x_Product')
  const services = ['product/ProductName', 'lineItem/ProductCode'].map(columns.find)
  const [name, code] = services.map((cell) => (cell ? [text(cell)] : []))
  const usageType = columns.find('lineItem/UsageType')
  const categories = (code ?? []).map((sql): [string, Value] => [
    'ServiceCategory',
    plain(serviceCategory({ code: sql, usageType: usageType ? text(usageType) : null })),
  ])
  const named = product ? [mapMember({ column: product.column, key: 'product_name' })] : []
  return [
    ...texts,
    ['BillingCurrency', currency ? { sql: text(currency), checks: [presence(currency)] } : constant('USD')],
    ...categories,
    ['ServiceName', plain(firstText([...(name ?? []), ...named, ...(code ?? [])]))],
    ['ProviderName', constant('AWS')],
    ['ServiceProviderName', constant('AWS')],
    ['HostProviderName', constant('AWS')],
  ]
}

function mapValues(columns: CurColumns): [string, Value][] {
  const tagMap = columns.tagMap ? tagPairs(columns.tagMap) : null
  const tags = [
    ...(columns.tags.length > 0 ? [mapOfColumns(columns.tags)] : []),
    ...(tagMap
      ? [mapOfPairs(`arrayMap(kv -> (if(match(kv.1, '^user[:_].'), substring(kv.1, 6), kv.1), kv.2), ${tagMap.sql})`)]
      : []),
  ]
  const elsewhere = new Set([...KEPT_ELSEWHERE].map(columns.find))
  const kept = columns.attributes.filter(({ column }) => !elsewhere.has(column))
  const natives = NATIVES.flatMap(([key, from]) => {
    const column = columns.find(from)
    return column ? [{ key, column }] : []
  })
  const maps = columns.maps.map(({ prefix, column }) => ({ prefix, pairs: tagPairs(column) }))
  const attributes = [
    ...(natives.length + kept.length > 0 ? [mapOfColumns([...natives, ...kept])] : []),
    ...maps.map(({ prefix, pairs }) => mapOfPairs(prefixedPairs({ prefix, pairs: pairs.sql }))),
  ]
  const mapChecks = maps.flatMap(({ pairs }) => pairs.checks)
  const values: [string, Value][] = []
  if (tags.length > 0) values.push(['Tags', { sql: joinMaps(tags), checks: tagMap?.checks ?? [] }])
  if (attributes.length > 0) values.push(['Attributes', { sql: joinMaps(attributes), checks: mapChecks }])
  return values
}

/**
 * `instance_type` → `x_ProductInstanceType`; cost categories keep their own spelling, as in the legacy CSV. Members
 * without a value are left out.
 */
function prefixedPairs({ prefix, pairs }: { prefix: string; pairs: string }): string {
  const name = prefix === 'x_CostCategory' ? 'kv.1' : "replaceAll(initcap(replaceAll(kv.1, '_', ' ')), ' ', '')"
  return `arrayFilter(kv -> kv.2 != '', arrayMap(kv -> (concat(${sqlString(prefix)}, ${name}), kv.2), ${pairs}))`
}

function warningsOf(columns: CurColumns): string[] {
  const lacks = (names: readonly string[]) => names.filter((name) => !columns.find(name))
  const amortization = lacks(['savingsPlan/SavingsPlanEffectiveCost', 'reservation/EffectiveCost'])
  return [
    ...(columns.find('lineItem/CurrencyCode') ? [] : ['The file names no currency: its costs are taken as USD.']),
    ...(amortization.length > 0
      ? [`The file has no ${amortization.join(', ')}: EffectiveCost is the unblended cost there.`]
      : []),
    ...(columns.find('lineItem/UsageEndDate')
      ? []
      : ['The file has no lineItem/UsageEndDate: each line is taken as one hour.']),
    ...(columns.find('bill/BillingPeriodStartDate')
      ? []
      : ['The file has no bill/BillingPeriodStartDate: the billing month is that of the usage.']),
  ]
}
