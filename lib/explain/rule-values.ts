import { z } from 'zod'
import { partTextSql } from '../allocation/rule-values-sql'
import type { ExplainPart } from '../contract/allocations'
import { sqlString } from '../costformation/sql-literal'
import { isoSeconds } from '../reports/report-query'
import { RUN_TABLES } from '../runs/run-tables'
import { fromUnits } from '../units'
import { warehouse } from '../warehouse/client'
import { type Evidence, SHOWN_VALUES } from './evidence'
import type { Span } from './spans'

export type ExplainedValue = ExplainPart['values'][number]

export interface ValueQuestion {
  /** What the answer is found by. */
  cell: number
  runId: number
  rule: number
  currency: string
  /** The partition; '' where there are none. */
  part: string
  /** Null: the values hold always, and in every currency. */
  span: Span | null
  element: string | null
}

const valueRow = z.object({
  question: z.number(),
  bucket: z.string(),
  element: z.string(),
  value: z.string().transform(BigInt),
})
type ValueRow = z.infer<typeof valueRow>

function conditionSql({ runId, rule, currency, part, span }: ValueQuestion): string {
  const of = `run_id = ${runId} AND rule = ${rule}`
  if (span === null) return of
  const [from, until] = [span.from, span.until].map((time) => `toDateTime(${time.getTime() / 1000}, 'UTC')`)
  return `${of} AND part = ${partTextSql(sqlString(currency), sqlString(part))} AND bucket_start >= ${from} AND bucket_start < ${until}`
}

function evidenceOf({ span, element }: ValueQuestion, found: readonly ValueRow[]) {
  const buckets = found.filter(({ value }) => value > 0n).map(({ bucket }) => bucket)
  const last = span?.last ? (buckets.sort().at(-1) ?? '') : null
  const rows = last === null ? [...found] : found.filter(({ bucket }) => bucket === last)
  const isOwn = (row: ValueRow) => row.element === element
  rows.sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)) || (a.value < b.value ? 1 : a.value > b.value ? -1 : 0))
  const sums = new Map<string, bigint>()
  for (const { element: name, value } of rows) sums.set(name, (sums.get(name) ?? 0n) + value)
  // An element whose values come to nothing or less takes no part.
  const weights = new Map([...sums].filter(([, value]) => value > 0n))
  const shown = rows.slice(0, SHOWN_VALUES)
  const add = (values: Iterable<bigint>) => [...values].reduce((sum, value) => sum + value, 0n)
  const evidence: Evidence<ExplainedValue> = {
    rows: shown.map((row) => ({
      element: row.element,
      bucket: span === null ? null : isoSeconds(new Date(row.bucket)),
      value: fromUnits(row.value),
    })),
    count: rows.length,
    sum: add(rows.map(({ value }) => value)),
    shown: add(shown.map(({ value }) => value)),
    own: element === null ? 0n : (sums.get(element) ?? 0n),
    isWhole: true,
    bucket: last ? new Date(last) : null,
  }
  return { evidence, weights }
}

/** What rules went by, for all cells at once; of every cell also the weights of all elements, in units of 10^-18. */
export async function readRuleValues({
  dimensionId,
  questions,
}: {
  dimensionId: string
  questions: readonly ValueQuestion[]
}): Promise<Map<number, ReturnType<typeof evidenceOf>>> {
  if (questions.length === 0) return new Map()
  const conditions = [...new Set(questions.map(conditionSql))]
  const { query } = await warehouse()
  const tests = conditions.map((condition, index) => `if(${condition}, ${index}, -1)`)
  const rows = await query({
    query: `SELECT v.question AS question, v.bucket AS bucket, v.element AS element, toString(v.value) AS value FROM (
        SELECT arrayJoin(arrayFilter(q -> q >= 0, [${tests.join(', ')}])) AS question, bucket_start AS bucket, element, toInt256(reinterpret(value, 'Int128')) AS value
        FROM ${RUN_TABLES.values} WHERE dimension_id = ${sqlString(dimensionId)} AND (${conditions.join(' OR ')})
      ) AS v ORDER BY question, bucket, element`,
    schema: valueRow,
    immutable: true,
  })
  return new Map(
    questions.map((question) => {
      const place = conditions.indexOf(conditionSql(question))
      return [
        question.cell,
        evidenceOf(
          question,
          rows.filter((row) => row.question === place),
        ),
      ]
    }),
  )
}
