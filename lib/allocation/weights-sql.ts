import { METRICS } from '../contract/common'
import { sqlString } from '../costformation/sql-literal'
import { BUCKETS_END, bucketStartSql, bucketsSql, carriedToSql, monthSpanSql } from './buckets-sql'
import { YES } from './hidden-dimensions'
import { partTextSql } from './rule-values-sql'
import type { Driver, SplitPlan } from './split-plan'
import { units } from './split-sql'

/** Where the values of rules stand: those of one run. */
export interface RuleValues {
  table: string
  runId: number
}

/** What is known of a stream's records before they are read. */
export interface StreamFacts {
  /** The first and the last bucket. */
  first: Date
  last: Date
  /** Divides the units of every value that the rows may go by: the weights are smaller by it. */
  unit: bigint
}

export interface WeighInput {
  plan: SplitPlan
  drivers: readonly Driver[]
  /** SELECT of `cs, ce, currency, keys, line_count` and the metrics: rows that have all of these alike stand once. */
  rows: string
  values: RuleValues
  /** Of the drivers' streams, by id; of a stream without records, none. */
  facts: ReadonlyMap<number, StreamFacts>
  /** Days of the rows, the last one included, as `2024-09-01`: they bound the telemetry that is read. */
  from: string
  /** The time that the rows' charge periods end by. */
  until: Date
  /** A rate is put on the weights: they stay in units of 10^-18, and each record's are shared among the rows that match it. */
  rated: boolean
  /** The rows are known to be in the pool. */
  pooled: boolean
}

const NEVER = "toDateTime(0, 'UTC')"
const MATCH = `CAST([], 'Array(Tuple(UInt16, UInt128, DateTime(\\'UTC\\')))')`
/** A time to the second. */
export const timeSql = (time: Date) => `toDateTime(${Math.floor(time.getTime() / 1000)}, 'UTC')`
const keySql = (index: number) => `keys[${index + 1}]`
const idSql = (text: string) => `reinterpret(sipHash128(${text}), 'UInt128')`

/**
 * Ids of the stream's filters that a row's key values match: AND across keys, OR within a key (DESIGN §3, 1). A row
 * without a value for a key matches no filter on it; a stream without keys matches every row.
 */
function matchingFiltersSql({ streamId, keys }: { streamId: number; keys: readonly number[] }): string {
  const filters = `(SELECT groupArray((filter_id, filter_values)) FROM (SELECT filter_id, filter_values FROM telemetry_filter FINAL WHERE stream_id = ${streamId} AND is_active = 1))`
  const tests = keys.map((key, index) => `has(f.2[${index + 1}], ${keySql(key)})`)
  return `arrayMap(f -> f.1, arrayFilter(f -> ${tests.join(' AND ') || '1'}, ${filters}))`
}

const filtersColumn = (driver: Driver) => `filters_${driver.rank}`

/** The whole of a driver's values, as a table of (id, bucket, element, value). */
function valuesSql(driver: Driver, { plan, values }: Pick<WeighInput, 'plan' | 'values'>): string {
  const { source } = driver
  if (source.kind !== 'rules') {
    return `(SELECT toUInt128(filter_id) AS id, bucket_start AS bucket, element, value FROM telemetry FINAL WHERE stream_id = ${source.stream.id} AND is_deleted = 0)`
  }
  const id = source.rules.method === 'Fixed' ? 'toUInt128(0)' : idSql('part')
  return `(SELECT ${id} AS id, bucket_start AS bucket, element, value FROM ${values.table} WHERE run_id = ${values.runId} AND dimension_id = ${sqlString(plan.dimension.id)} AND rule = ${source.rule})`
}

const isEven = ({ source }: Driver) =>
  source.kind === 'named' || (source.kind === 'rules' && source.rules.method === 'Even')

const granularityOf = ({ source }: Driver) => (source.kind === 'rules' ? source.granularity : source.stream.granularity)

/** SQL of the first and the last bucket that a driver has values for; null: it has none. */
function spanSql(driver: Driver, input: WeighInput): { first: string; last: string } | null {
  const { source } = driver
  if (source.kind === 'rules') {
    const all = valuesSql(driver, input)
    return { first: `(SELECT min(bucket) FROM ${all})`, last: `(SELECT max(bucket) FROM ${all})` }
  }
  const facts = input.facts.get(source.stream.id)
  return facts ? { first: timeSql(facts.first), last: timeSql(facts.last) } : null
}

/** Starts of the buckets that a row's values lie in: its own, or those of the window. */
function rowBucketsSql(driver: Driver, input: WeighInput): string {
  const { source, window } = driver
  if (source.kind === 'rules' && source.rules.method === 'Fixed') return `[${NEVER}]`
  const span = spanSql(driver, input)
  if (span === null) return 'emptyArrayDateTime()'
  const month = source.kind === 'rules' ? source.month : null
  return bucketsSql({
    ...{ granularity: granularityOf(driver), window, ...span },
    ...(month === null ? {} : { charge: monthSpanSql(`toDate(${keySql(month)})`) }),
  })
}

/** The filters of a stream that match a row, or the partition of a rule that it lies in. */
function idsSql(driver: Driver): string {
  const { source } = driver
  if (source.kind !== 'rules') return `arrayMap(f -> toUInt128(f), ${filtersColumn(driver)})`
  if (source.rules.method === 'Fixed') return '[toUInt128(0)]'
  if (source.part === null) return `[${idSql(partTextSql('currency', "''"))}]`
  return `if(${keySql(source.part)} = '', CAST([], 'Array(UInt128)'), [${idSql(partTextSql('currency', keySql(source.part)))}])`
}

/** The bucket that a row's charge starts in, or that of its bill. */
function ownBucketSql({ source, ...driver }: Driver): string {
  const month = source.kind === 'rules' ? source.month : null
  if (month !== null) return monthSpanSql(`toDate(${keySql(month)})`).start
  return bucketStartSql(granularityOf({ source, ...driver }), 'cs')
}

/**
 * What is carried, in each bucket that it may be carried to: up to the next one that has something to carry itself, and
 * no further than the rows go. `src` is where it comes from.
 */
function carriedSql({ driver, records, input }: { driver: Driver; records: string; input: WeighInput }): string {
  const granularity = granularityOf(driver)
  const isBilled = driver.source.kind === 'rules' && driver.source.month !== null
  const [first, last] = isBilled
    ? [NEVER, BUCKETS_END]
    : [bucketStartSql(granularity, `toDateTime('${input.from} 00:00:00', 'UTC')`), timeSql(input.until)]
  const following = `leadInFrame(bucket) OVER (PARTITION BY id ORDER BY bucket ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)`
  const known = `SELECT id, bucket AS src, es, ws, n, ${following} AS following FROM (${records}) WHERE arrayExists(w -> w > 0, ws)`
  const starts = carriedToSql({
    granularity,
    buckets: driver.carry,
    from: 'src',
    first,
    last: `if(following = ${NEVER}, ${last}, least(following, ${last}))`,
  })
  return `SELECT toUInt16(${driver.rank}) AS rank, id, arrayJoin(${starts}) AS bucket, src, es, ws, n FROM (${known})`
}

/** An expression over a row: every (rank, id, bucket) of a driver that it goes by. */
function matchesSql(driver: Driver, input: WeighInput): string {
  const { source, rank } = driver
  const ids = idsSql(driver)
  const at = (bucket: string) => `arrayMap(id -> (toUInt16(${rank}), id, ${bucket}), ${ids})`
  if (source.kind === 'named') return at(NEVER)
  if (driver.carry > 0) return at(ownBucketSql(driver))
  return `if(empty(${ids}), ${MATCH}, arrayFlatten(arrayMap(b -> ${at('b')}, ${rowBucketsSql(driver, input)})))`
}

const daysBefore = (day: string, days: number) =>
  new Date(Math.max(0, Date.parse(`${day}T00:00:00Z`) - days * 86_400_000)).toISOString().slice(0, 10)

/** From when on the buckets count, in SQL, that a driver of rows of a day, or later ones, may go by. */
export function reachSql(driver: Driver, from: string): string {
  const { window, carry } = driver
  const bucket = { HOURLY: 1, DAILY: 1, MONTHLY: 31 }[granularityOf(driver)]
  const back = window.type === 'PreviousMonth' ? 62 : window.type === 'LastDays' ? window.days + 31 : 0
  return `toDateTime('${daysBefore(from, Math.max(back, carry * bucket) + bucket)} 00:00:00', 'UTC')`
}

/** Over a table of values: the largest power of ten that divides their units. Weights are whole numbers, the smaller the faster. */
export function unitSql(): string {
  const isWhole = (digits: number) =>
    `countIf(${units('value', 'Int128')} % toInt128('1${'0'.repeat(digits)}') != 0) = 0`
  const steps = [18, 15, 12, 9, 6, 3].flatMap((digits) => [isWhole(digits), `toInt128('1${'0'.repeat(digits)}')`])
  return `multiIf(${steps.join(', ')}, toInt128(1))`
}

/** What each bucket and filter, or partition, of a driver says: elements in order, with their weights. */
function recordsSql(driver: Driver, input: WeighInput): string {
  const { source, rank } = driver
  const all = valuesSql(driver, input)
  const columns = `toUInt16(${rank}) AS rank, id`
  if (source.kind === 'named') {
    return `SELECT ${columns}, ${NEVER} AS bucket, arraySort(groupUniqArrayIf(element, value > 0)) AS es, arrayMap(e -> toInt256(1), es) AS ws, toUInt64(0) AS n FROM ${all} GROUP BY id`
  }
  const [bounded, unit] =
    source.kind === 'rules'
      ? [all, `assumeNotNull((SELECT ${unitSql()} FROM ${all}))`]
      : [
          `(SELECT * FROM ${all} WHERE bucket >= ${reachSql(driver, input.from)} AND bucket < ${timeSql(input.until)})`,
          `toInt128('${input.facts.get(source.stream.id)?.unit ?? 1n}')`,
        ]
  const weight = input.rated ? units('value') : `toInt256(intDiv(${units('value', 'Int128')}, ${unit}))`
  return `SELECT ${columns}, bucket, arraySort(groupArray((element, ${weight}))) AS pairs, arrayMap(p -> p.1, pairs) AS es, arrayMap(p -> p.2, pairs) AS ws, count() AS n FROM ${bounded} GROUP BY id, bucket`
}

const CARRIED = ['cs', 'ce', 'currency', 'keys', 'line_count', ...METRICS]

/**
 * The rows of the pool, with `apart` (set apart, not split) and, of each stream, the ids of its matching filters. That
 * they are numbered, by `rid`, also keeps the engine from testing every cost line where the sums of them are asked.
 */
export function pooledRowsSql({
  plan,
  drivers,
  rows,
  pooled,
}: Pick<WeighInput, 'plan' | 'drivers' | 'rows' | 'pooled'>) {
  const filters = drivers.flatMap((driver) => {
    const { source } = driver
    if (source.kind === 'rules') return []
    const sql = matchingFiltersSql({ streamId: source.stream.id, keys: source.keys })
    return [{ column: filtersColumn(driver), sql }]
  })
  const byFilters = filters.map(({ column }) => `notEmpty(${column})`).join(' OR ') || '0'
  const isRules = plan.dimension.allocation.type === 'AllocateByRules'
  const inPool = isRules ? (plan.pool === null ? '1' : `${keySql(plan.pool)} = '${YES}'`) : byFilters
  const apart = plan.setApart === null ? '0' : `${keySql(plan.setApart)} = '${YES}'`
  const columns = [...CARRIED, 'rid', ...filters.map(({ column }) => column)].join(', ')
  return `SELECT ${columns}, ${apart} AS apart FROM (SELECT *, rowNumberInAllBlocks() AS rid${filters.map(({ column, sql }) => `, ${sql} AS ${column}`).join('')} FROM (${rows})) WHERE ${pooled ? '1' : inPool}`
}

/** Columns that say which part of a record a row of a match gets: by its EffectiveCost, or all alike where there is none. */
function sharingSql(single: string): string {
  const own = "greatest(reinterpret(EffectiveCost, 'Int128'), toInt128(0))"
  const all = 'PARTITION BY m, currency'
  const upTo = `${all} ORDER BY cs, ce, keys ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW`
  const summed = `SELECT *, ${own} AS own, sum(own) OVER (${all}) AS owned, sum(own) OVER (${upTo}) AS owned_to, count() OVER (${all}) AS among, row_number() OVER (${upTo}) AS place FROM (${single})`
  return `SELECT * EXCEPT (own, owned, owned_to, among, place), toInt256(if(owned = 0, toInt128(among), owned)) AS shared_by,
    toInt256(if(owned = 0, toInt128(place), owned_to)) AS shared_to, shared_to - toInt256(if(owned = 0, toInt128(1), own)) AS shared_from FROM (${summed})`
}

/** The row's part of a record's values: they add up to them over all rows, to the last digit. */
function sharedSql(values: string): string {
  const upTo = (to: string) => `intDiv(2 * w * r.${to} + r.shared_by, 2 * r.shared_by)`
  return `arrayMap(w -> ${upTo('shared_to')} - ${upTo('shared_from')}, ${values})`
}

/**
 * Adds to each row what it is split by: `elements`, those of the first driver that has some weight above zero for it,
 * in order, with their running `weights` (Int256): the values of every record whose filter matches and whose bucket
 * overlaps, added up by element (DESIGN §3); that driver's `rank`, 0 for none; and the number of `records` seen. Rows
 * outside of the pool are left out. The depth of the statement does not depend on the number of drivers: each level
 * more would double its planning.
 */
export function weighSql(input: WeighInput): string {
  const { drivers } = input
  const all = [MATCH, ...drivers.map((driver) => matchesSql(driver, input))]
  const matched = `SELECT *, if(apart, ${MATCH}, arrayConcat(${all.join(', ')})) AS matches FROM (${pooledRowsSql(input)})`
  const single = `SELECT *, arrayJoin(if(empty(matches), [(toUInt16(0), toUInt128(0), ${NEVER})], matches)) AS m FROM (${matched})`
  const records =
    drivers
      .map((driver) => {
        const records = recordsSql(driver, input)
        if (driver.carry > 0) return carriedSql({ driver, records, input })
        return `SELECT rank, id, bucket, ${NEVER} AS src, es, ws, n FROM (${records})`
      })
      .join(' UNION ALL ') ||
    `SELECT toUInt16(0) AS rank, toUInt128(0) AS id, ${NEVER} AS bucket, ${NEVER} AS src, CAST([], 'Array(String)') AS es, CAST([], 'Array(Int256)') AS ws, toUInt64(0) AS n WHERE 0`
  const even = drivers.filter(isEven).map(({ rank }) => rank)
  const isEvenSql = even.length > 0 ? `r.m.1 IN (${even.join(', ')})` : '0'
  const values = input.rated ? `if(${isEvenSql}, t.ws, ${sharedSql('t.ws')})` : 't.ws'
  const carried = (from: string) => [...CARRIED, 'apart'].map((name) => `any(${from}.${name}) AS ${name}`).join(', ')
  // Of what several filters carry, the latest.
  const isLast = drivers.some(({ carry }) => carry > 0)
    ? (list: string) => `arrayMap(x -> x.1, arrayFilter(x -> x.2 = arrayMax(srcs), arrayZip(${list}, srcs)))`
    : (list: string) => list
  const byRank = `SELECT r.rid AS rid, r.m.1 AS rank, ${carried('r')}, sum(t.n) AS records,
      groupArrayIf(t.src, notEmpty(t.es)) AS srcs, ${isLast('groupArrayIf(t.es, notEmpty(t.es))')} AS ess, ${isLast(`groupArrayIf(${values}, notEmpty(t.es))`)} AS wss
    FROM (${input.rated ? sharingSql(single) : single}) AS r LEFT JOIN (${records}) AS t ON r.m.1 = t.rank AND r.m.2 = t.id AND r.m.3 = t.bucket
    GROUP BY rid, rank`
  // Who is there several times is there once, where all get the same.
  const above = 'arrayFilter(w -> w > 0, all_ws)'
  const positive = even.length > 0 ? `arrayMap(w -> if(rank IN (${even.join(', ')}), toInt256(1), w), ${above})` : above
  // Only where several records meet do they have to be added up.
  const several = (lists: string) => `if(length(ess) = 1, arrayResize(${lists}, 0), ${lists})`
  const added = `SELECT *, arrayReduce('sumMap', ${several('ess')}, ${several('wss')}) AS added,
      if(length(ess) = 1, ess[1], added.1) AS all_es, if(length(ess) = 1, wss[1], added.2) AS all_ws,
      arrayFilter((e, w) -> w > 0, all_es, all_ws) AS es, ${positive} AS ws FROM (${byRank})`
  const chosen = `SELECT ${carried('p')}, sum(p.records) AS records, minIf(p.rank, notEmpty(p.es)) AS rank,
      argMinIf(p.es, p.rank, notEmpty(p.es)) AS elements, argMinIf(p.ws, p.rank, notEmpty(p.es)) AS ws
    FROM (${added}) AS p GROUP BY p.rid`
  const only = `SELECT ${CARRIED.join(', ')}, apart, records, if(empty(es), 0, rank) AS rank, es AS elements, ws FROM (${added})`
  return `SELECT ${CARRIED.join(', ')}, apart, records, rank, elements, arrayCumSum(ws) AS weights FROM (${drivers.length > 1 ? chosen : only})`
}
