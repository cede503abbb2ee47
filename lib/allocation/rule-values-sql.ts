import type { Metric } from '../contract/common'
import type { FilterKey } from '../costformation/source'
import { sqlString } from '../costformation/sql-literal'
import type { RuleAllocation } from '../costformation/tree'
import { buildSums, type RelationInput } from './relation'
import type { RulesSource, SplitPlan } from './split-plan'

/** The FOCUS metric that stands for a cost type of CloudZero (docs/decisions/008). */
const METRIC: Record<RuleAllocation['costType'], Metric> = {
  RealCost: 'EffectiveCost',
  BilledCost: 'BilledCost',
  DiscountedCost: 'ContractedCost',
  AmortizedCost: 'EffectiveCost',
  DiscountedAmortizedCost: 'EffectiveCost',
  OnDemandCost: 'ListCost',
  UsageAmount: 'ConsumedQuantity',
}

const NEVER = "toDateTime(0, 'UTC')"

function bucketSql({ rules, month, granularity }: RulesSource): string {
  if (month !== null && rules.granularity === 'BillingPeriod') return "toDateTime(BillingMonth, 'UTC')"
  return granularity === 'DAILY'
    ? 'toStartOfDay(ChargePeriodStart)'
    : "toDateTime(toStartOfMonth(ChargePeriodStart), 'UTC')"
}

/** A rule's values stand apart by currency, since sums never cross it, and by the element of ForEachElementOf. */
export const partTextSql = (currency: string, part: string) => `concat(${currency}, '\\n', ${part})`

/** Fixed weights hold always: they stand once, in a bucket of their own. What percentages leave is the element ''. */
function fixedSql({ rules: { fixed } }: RulesSource): string {
  const weights = (fixed?.weights ?? []).map(
    ({ element, value }) => `(${sqlString(element.value)}, toDecimal128('${value}', 18))`,
  )
  const list = `arrayJoin([${weights.join(', ')}])`
  const rows = `SELECT w.1 AS element, w.2 AS value FROM (SELECT ${list} AS w)`
  if (!fixed?.isPercent) return `SELECT ${NEVER} AS bucket, '' AS part, element, value FROM (${rows})`
  const rest = `SELECT '' AS element, toDecimal128('100', 18) - sum(value) AS value FROM (${rows}) HAVING value > 0`
  return `SELECT ${NEVER} AS bucket, '' AS part, element, value FROM (${rows} UNION ALL ${rest})`
}

/** What a rule goes by, as rows of `bucket, part, element, value`; `where`: the cost lines that it looks at. */
export function ruleValuesSql({
  source,
  ...input
}: Pick<RelationInput, 'definition' | 'streams' | 'cells' | 'where'> & { source: RulesSource }): string {
  const { rules } = source
  if (rules.method === 'Fixed') return fixedSql(source)
  const parts: FilterKey[] = source.part === null ? [] : [{ kind: 'dimensionName', name: source.partition }]
  const sums = buildSums({
    ...input,
    metric: METRIC[rules.costType],
    // Hidden dimensions are called by their ids.
    groupBy: [{ kind: 'dimensionName', name: source.across }, ...parts],
    filters: [],
    extra: [
      { name: 'bucket', sql: bucketSql(source) },
      { name: 'money', sql: 'BillingCurrency' },
    ],
  })
  const value = rules.method === 'Even' ? "toDecimal128('1', 18)" : "CAST(v.cost, 'Decimal(38, 18)')"
  return `SELECT v.bucket AS bucket, ${partTextSql('v.money', parts.length > 0 ? 'v.g1' : "''")} AS part, v.g0 AS element, ${value} AS value
    FROM (${sums.sql}) AS v WHERE v.g0 != ''${parts.length > 0 ? " AND v.g1 != ''" : ''}`
}

/** How the rule's values are stored. */
export function storedValuesSql({
  runId,
  plan,
  source,
  values,
}: {
  runId: number
  plan: SplitPlan
  source: RulesSource
  values: string
}): string {
  return `SELECT toUInt32(${runId}), ${sqlString(plan.dimension.id)}, toUInt16(${source.rule}), part, bucket, element, value FROM (${values})`
}

export const VALUE_COLUMNS = ['run_id', 'dimension_id', 'rule', 'part', 'bucket_start', 'element', 'value']
