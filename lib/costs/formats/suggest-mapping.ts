import type { LineGranularity, MappingInput, TimeFormat } from '../../contract/import-profiles'

type Field =
  | 'cost'
  | 'effective_cost'
  | 'list_cost'
  | 'period_start'
  | 'period_end'
  | 'service'
  | 'account'
  | 'region'
  | 'resource'
  | 'charge_category'
  | 'description'
  | 'currency'

/** Folded names by field, the likeliest first. A header that only contains one is the second choice. */
const NAMES: Readonly<Record<Field, readonly string[]>> = {
  cost: [
    'billedcost',
    'cost',
    'totalcost',
    'amount',
    'costinbillingcurrency',
    'pretaxcost',
    'netamount',
    'charge',
    'total',
    'price',
    'kosten',
    'betrag',
    'spend',
  ],
  effective_cost: ['effectivecost', 'amortizedcost', 'amortisedcost'],
  list_cost: ['listcost', 'ondemandcost', 'paygcost', 'listprice', 'grossamount'],
  period_start: [
    'chargeperiodstart',
    'usagestart',
    'usagestartdate',
    'usagestarttime',
    'periodstart',
    'startdate',
    'starttime',
    'start',
    'date',
    'usagedate',
    'day',
    'month',
    'billingmonth',
    'period',
    'timestamp',
    'datum',
    'monat',
  ],
  period_end: ['chargeperiodend', 'usageend', 'usageenddate', 'usageendtime', 'periodend', 'enddate', 'endtime', 'end'],
  service: ['servicename', 'service', 'product', 'productname', 'metercategory', 'sku', 'dienst'],
  account: [
    'subaccountid',
    'accountid',
    'account',
    'subscriptionid',
    'subscription',
    'projectid',
    'project',
    'accountname',
    'konto',
  ],
  region: ['regionid', 'region', 'location', 'resourcelocation'],
  resource: ['resourceid', 'resource', 'instanceid', 'resourcename'],
  charge_category: ['chargecategory', 'chargetype', 'lineitemtype', 'costtype'],
  description: ['chargedescription', 'description', 'lineitemdescription', 'details', 'beschreibung'],
  currency: ['billingcurrency', 'currency', 'currencycode', 'billingcurrencycode', 'waehrung', 'währung'],
}

const fold = (name: string) =>
  name
    .replace(/^\uFEFF/, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}:]/gu, '')

/** The header that fits a field, if its values can be of it; each is taken once. */
function findColumn({
  header,
  field,
  taken,
  fits,
}: {
  header: readonly string[]
  field: Field
  taken: ReadonlySet<number>
  fits: (index: number) => boolean
}): number | null {
  const free = header
    .map((name, index) => ({ name: fold(name), index }))
    .filter(({ index }) => !taken.has(index) && fits(index))
  const exact = NAMES[field].flatMap((wanted) => free.filter(({ name }) => name === wanted))
  const near = NAMES[field]
    .filter((wanted) => wanted.length > 3)
    .flatMap((wanted) => free.filter(({ name }) => name.includes(wanted)))
  return (exact[0] ?? near[0])?.index ?? null
}

const FORMS: readonly [format: TimeFormat, form: RegExp][] = [
  ['iso', /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?$/],
  ['DD.MM.YYYY', /^\d{1,2}\.\d{1,2}\.\d{4}/],
  ['YYYYMMDD', /^(19|20)\d{6}$/],
  ['YYYYMM', /^(19|20)\d{2}[-/]?(0[1-9]|1[0-2])$/],
  ['epoch_seconds', /^\d{9,10}(\.0*)?$/],
]

/** Whether it holds of more than half of them: tables end in a `Total`, and have a `-` here and there. */
function isUsual(values: readonly string[], holds: (value: string) => boolean): boolean {
  return values.filter(holds).length * 2 > values.length
}

/** By most of the values; a day past 12 tells whether the day or the month comes first, which is the month otherwise. */
export function suggestTimeFormat(values: readonly string[]): TimeFormat | null {
  const filled = values.map((value) => value.trim()).filter((value) => value !== '')
  const slashed = filled.flatMap((value) => /^(\d{1,2})\/\d{1,2}\/\d{4}/.exec(value)?.[1] ?? [])
  if (slashed.length * 2 > filled.length)
    return slashed.some((first) => Number(first) > 12) ? 'DD/MM/YYYY' : 'MM/DD/YYYY'
  return FORMS.find(([, form]) => isUsual(filled, (value) => form.test(value)))?.[0] ?? null
}

/** A comma that at most two, or more than three digits follow is a decimal mark; `1.234,50` settles it. */
export function suggestDecimalMark(values: readonly string[]): '.' | ',' {
  const isComma = (value: string) =>
    /,\d*[^\d.,]*$/.test(value) && (/\.\d{3}[.,]/.test(value) || !/,\d{3}[^\d]*$/.test(value))
  return values.some((value) => isNumber(value) && !/\.\d+[^\d,]*$/.test(value) && isComma(value)) ? ',' : '.'
}

const isNumber = (value: string) =>
  /\d/.test(value) && /^[-+(]?[\p{Sc}A-Z\s]*[-+]?[\d.,\s'’]+(e[-+]?\d+)?[\p{Sc}A-Z\s]*[-)]?$/iu.test(value)

function suggestGranularity(values: readonly string[], format: TimeFormat): LineGranularity {
  if (format === 'YYYYMM') return 'month'
  if (values.some((value) => /[T ](?!00:00)\d{2}:\d{2}/.test(value))) return 'hour'
  return 'day'
}

/**
 * What a table's columns may be, by their names and some records. `cost` and `period_start` are '' where no column looks
 * like one.
 */
export function suggestMapping(header: readonly string[], rows: readonly (readonly string[])[]): MappingInput {
  const valuesOf = (index: number) =>
    rows.map((row) => row[index] ?? '').filter((value) => value.trim() !== '' && value !== 'NULL')
  const usually = (holds: (value: string) => boolean) => (index: number) =>
    valuesOf(index).length === 0 || isUsual(valuesOf(index), holds)
  const areTimes = (index: number) => valuesOf(index).length === 0 || suggestTimeFormat(valuesOf(index)) !== null
  const fits: Partial<Record<Field, (index: number) => boolean>> = {
    cost: usually(isNumber),
    effective_cost: usually(isNumber),
    list_cost: usually(isNumber),
    period_start: areTimes,
    period_end: areTimes,
    currency: usually((value) => /^[A-Za-z]{3}$/.test(value.trim())),
  }
  const taken = new Set<number>()
  const found: Partial<Record<Field, number>> = {}
  // The narrow names before the wide ones: `list_cost` contains `cost`.
  for (const field of [
    'effective_cost',
    'list_cost',
    'cost',
    'period_end',
    'period_start',
    'currency',
    'service',
    'account',
    'region',
    'resource',
    'charge_category',
    'description',
  ] as const) {
    const index = findColumn({ header, field, taken, fits: fits[field] ?? (() => true) })
    if (index === null) continue
    taken.add(index)
    found[field] = index
  }
  const nameOf = (field: Field) =>
    found[field] === undefined ? undefined : header[found[field]]?.replace(/^\uFEFF/, '').trim()
  const named = Object.fromEntries(
    (
      [
        'effective_cost',
        'list_cost',
        'period_end',
        'service',
        'account',
        'region',
        'resource',
        'charge_category',
        'description',
      ] as const
    ).flatMap((field) => {
      const name = nameOf(field)
      return name ? [[field, name]] : []
    }),
  )
  const times = found.period_start === undefined ? [] : valuesOf(found.period_start)
  const format = suggestTimeFormat(times) ?? 'iso'
  const currency = nameOf('currency')
  const tags = tagsOf({ header, taken, usually })
  return {
    ...named,
    cost: nameOf('cost') ?? '',
    period_start: nameOf('period_start') ?? '',
    time_format: format,
    granularity: suggestGranularity(times, format),
    currency: currency ? { column: currency } : { code: codeOf(found.cost === undefined ? [] : valuesOf(found.cost)) },
    ...(tags ? { tags } : {}),
    decimal_mark: found.cost === undefined ? '.' : suggestDecimalMark(valuesOf(found.cost)),
  }
}

const SIGNS: Readonly<Record<string, string>> = { '€': 'EUR', '£': 'GBP', $: 'USD' }

/** The currency that most amounts carry a sign of. */
function codeOf(amounts: readonly string[]): string {
  const [, code = 'USD'] = Object.entries(SIGNS).find(([sign]) => isUsual(amounts, (text) => text.includes(sign))) ?? []
  return code
}

function tagsOf({
  header,
  taken,
  usually,
}: {
  header: readonly string[]
  taken: ReadonlySet<number>
  usually: (holds: (value: string) => boolean) => (index: number) => boolean
}): MappingInput['tags'] | null {
  const free = header
    .map((name, index) => ({ name: name.replace(/^\uFEFF/, '').trim(), index }))
    .filter(({ index }) => !taken.has(index))
  const json = free.find(
    ({ name, index }) =>
      ['tags', 'labels', 'resourcetags'].includes(fold(name)) &&
      usually((value) => value.trim().startsWith('{'))(index),
  )
  if (json) return { json: json.name }
  const columns = free.flatMap(({ name }) => {
    const key = /^(?:tags?|labels?)[:/._ -]\s*(.+)$/i.exec(name)?.[1]
    return key ? [{ column: name, key: key.slice(0, 200) }] : []
  })
  return columns.length > 0 ? { columns: columns.slice(0, 200) } : null
}
