import { z } from 'zod'
import { bound, decimal, isoTime, metric } from './common'
import { costsQuery } from './costs'
import { runFailure } from './runs'

export const allocationsQuery = costsQuery
export type AllocationsQuery = z.infer<typeof allocationsQuery>

/** Why cost stayed unallocated. */
export const unallocatedReason = z.enum([
  'no_telemetry', // no record of a matching filter in the line's bucket
  'zero_weights', // records there, all of them zero
  'not_in_dimension', // no rule gave the line an element, and there is no DefaultValue
  'no_drivers', // the rule found no cost to go by
  'not_claimed', // fixed percentages come to less than 100
  'excluded', // every element is excluded
  'set_apart', // the dimension sets such lines apart
  'capped', // every element pays as much as its cap allows
])
export type UnallocatedReason = z.infer<typeof unallocatedReason>

/** What stepped in where there was nothing to split by. */
export const gapPolicy = z.enum(['carry', 'even', 'next'])
export type GapPolicy = z.infer<typeof gapPolicy>
/** The gap policies that touched an amount; left out where none did. */
const gaps = z.array(gapPolicy).optional()
/** A value of group_by. */
const groupValue = z.union([z.string(), z.null(), gaps])

export const allocationsReport = z
  .object({
    dimension: z.string(),
    dimension_id: z.string(),
    metric,
    currency: z.string().nullable(),
    currencies: z.array(z.string()),
    from: isoTime,
    to: isoTime,
    definition_version: z.int(),
    group_by: z.array(z.string()),
    /** Named elements; each group_by key is a further property of the row. */
    rows: z.array(z.object({ period: isoTime, element: z.string(), amount: decimal, gaps }).catchall(groupValue)),
    /** The part that nothing claims, per period and reason. */
    unallocated: z.array(
      z.object({ period: isoTime, reason: unallocatedReason, amount: decimal, gaps }).catchall(groupValue),
    ),
    /** cost = allocated + unallocated, in every digit. */
    totals: z.object({ cost: decimal, allocated: decimal, unallocated: decimal }),
    /** False while days of the range wait to be computed again. */
    up_to_date: z.boolean(),
    /** Why they still wait, where their run failed: the amounts are those of the last good one. */
    failure: runFailure.nullable(),
    computed_at: isoTime.nullable(),
  })
  .meta({ id: 'AllocationsReport' })
export type AllocationsReport = z.infer<typeof allocationsReport>

/** element omitted: explain what stayed unallocated. */
export const explainQuery = costsQuery.pick({ from: true, to: true, metric: true, currency: true }).extend({
  element: z.string().optional(),
  /** How many parts come in full. */
  parts: z.coerce.number().int().min(1).max(200).default(12),
  period: bound.optional(),
  granularity: z.enum(['hourly', 'daily', 'monthly', 'total']).default('daily'),
})

const percent = decimal.meta({ description: 'Of a hundred, rounded to 12 digits', example: '9.089670147959' })

/** A way out of having no element; `snippets` are ready to be filled in and sent, or put into the definition. */
export const explainFix = z.object({
  kind: z.enum(['send_telemetry', 'replace_telemetry', 'gap_policy', 'edit_definition', 'explain_split']),
  text: z.string(),
  /** A screen of this workspace. */
  link: z.string().nullable(),
  snippets: z.array(z.object({ title: z.string(), text: z.string() })),
})
export type ExplainFix = z.infer<typeof explainFix>

/** A split before this one: `amount` of the part's cost has that element there, or none; `query` explains it further. */
export const explainStep = z.object({
  dimension: z.string(),
  dimension_id: z.string(),
  element: z.string().nullable(),
  amount: decimal,
  /** Of the part's cost. */
  percent: percent.nullable(),
  from: isoTime,
  to: isoTime,
  query: z.string(),
})
export type ExplainStep = z.infer<typeof explainStep>

/** What the cost of a part was split by. */
export const explainDriver = z.object({
  kind: z.enum(['stream', 'rule']),
  /** The stream, or what the rule does. */
  name: z.string(),
  /** Of all that are tried, from 1: the first that has weights takes the cost. */
  rank: z.int(),
  granularity: z.enum(['HOURLY', 'DAILY', 'MONTHLY']),
  window: z.string(),
  /** When its values are from; null where they hold always. */
  from: isoTime.nullable(),
  to: isoTime.nullable(),
})

/** What changed the weights before cost was split by them, with the element's share before and after. */
export const explainShaping = z.object({
  kind: z.enum(['rate', 'weights', 'mutual', 'cutoff', 'limits']),
  text: z.string(),
  before: percent.nullable(),
  after: percent.nullable(),
})

const recordBatch = z.object({ batch_id: z.int(), operation: z.string(), sender: z.string(), received_at: isoTime })

/** One step: cost of equal lines, the drivers that it was split by, and the share. */
export const explainPart = z.object({
  charge_period: z.object({ start: isoTime, end: isoTime }),
  /** What tells these lines from others of the pool: values of filter keys and partitions. */
  matched_on: z.record(z.string(), z.string().nullable()),
  cost: decimal,
  lines: z.int(),
  reason: unallocatedReason.nullable(),
  gap: gapPolicy.nullable(),
  /** The run that computed it; null where rules alone give the element. */
  run_id: z.int().nullable(),
  stream: z.string().nullable(),
  driver: explainDriver.nullable(),
  /** Of this element and of all, as measured: before factors, limits and the like. */
  weight: decimal,
  total_weight: decimal,
  /** No cost lines, but what a rate charges beyond them, or takes back: such parts come to 0 over all elements. */
  is_balance: z.boolean(),
  /** What the cost was split by in the end; null where it was not. */
  ratio: z.object({ fraction: z.string(), percent }).nullable(),
  shaping: z.array(explainShaping),
  /**
   * Of mutual services: the pools that the element got the amount from in the end, its own first. Each gives `ratio` of
   * what came to it, from others and round again, and null what it gives to nobody. The amounts come to the part's.
   */
  handed_on: z.array(
    z.object({
      pool: z.string(),
      /** Of the part's cost, rounded to 12 digits. */
      received: decimal,
      ratio: z.object({ fraction: z.string(), percent }).nullable(),
      amount: decimal,
    }),
  ),
  amount: decimal,
  /** round(cost × running weight ÷ total) of this element, less that of the one before it. */
  arithmetic: z.string(),
  /** Whether the records are still those that the weights were made of; if not, a run is on its way. */
  records_match: z.boolean(),
  /** The element's own first, then the largest. */
  records: z.array(
    z.object({
      timestamp: isoTime,
      filter: z.record(z.string(), z.array(z.string())),
      element_name: z.string(),
      value: decimal,
      /** What changed it last, an undo among them. */
      ...recordBatch.shape,
      /** What the value is made of: the last replacement and the sums after it, without what was undone; the latest first. */
      batches: z.array(recordBatch.extend({ value: decimal })),
      batches_rest: z.object({ batches: z.int(), value: decimal }),
    }),
  ),
  records_rest: z.object({ records: z.int(), value: decimal }),
  /** What a rule went by, instead of records. */
  values: z.array(z.object({ element: z.string(), bucket: isoTime.nullable(), value: decimal })),
  values_rest: z.object({ values: z.int(), value: decimal }),
  /** The splits that these lines came out of; they and the lines that no split gave come to the part's cost. */
  steps: z.array(explainStep),
  /** By dimension: the steps that are not shown, and what they come to. */
  steps_rest: z.array(z.object({ dimension: z.string(), dimension_id: z.string(), steps: z.int(), amount: decimal })),
  top_lines: z.array(
    z.object({
      charge_period_start: isoTime,
      service: z.string(),
      resource: z.string(),
      description: z.string(),
      cost: decimal,
      lines: z.int(),
    }),
  ),
  lines_rest: z.object({ lines: z.int(), cost: decimal }),
  /** The explorer over these lines. */
  lines_link: z.string(),
  fixes: z.array(explainFix),
})
export type ExplainPart = z.infer<typeof explainPart>

export const explanation = z
  .object({
    dimension: z.string(),
    dimension_id: z.string(),
    element: z.string().nullable(),
    metric,
    currency: z.string().nullable(),
    from: isoTime,
    to: isoTime,
    /** The definition that the runs went by. */
    definition_version: z.int(),
    /** The runs in force on the days of the range, newest first. */
    run_ids: z.array(z.int()),
    computed_at: isoTime.nullable(),
    /** False while days of the range wait to be computed again. */
    up_to_date: z.boolean(),
    amount: decimal,
    /** Of the lines that the amount is a part of. */
    cost: decimal,
    /** The amount by what became of it: parts, amount, and the policy or the reason. */
    outcomes: z.array(
      z.object({
        reason: unallocatedReason.nullable(),
        gap: gapPolicy.nullable(),
        parts: z.int(),
        amount: decimal,
        fixes: z.array(explainFix),
      }),
    ),
    /** The largest parts; `rest` is the exact sum of the others. parts + rest = amount. */
    parts: z.array(explainPart),
    rest: z.object({ parts: z.int(), amount: decimal }),
  })
  .meta({ id: 'Explanation' })
export type Explanation = z.infer<typeof explanation>
