import { z } from 'zod'
import { bound, decimal, isoTime, metric } from './common'
import { costsQuery } from './costs'

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
    rows: z.array(z.object({ period: isoTime, element: z.string(), amount: decimal }).catchall(z.string().nullable())),
    /** The part that nothing claims, per period and reason. */
    unallocated: z.array(
      z.object({ period: isoTime, reason: unallocatedReason, amount: decimal }).catchall(z.string().nullable()),
    ),
    /** cost = allocated + unallocated, in every digit. */
    totals: z.object({ cost: decimal, allocated: decimal, unallocated: decimal }),
    /** False while days of the range wait to be computed again. */
    up_to_date: z.boolean(),
    computed_at: isoTime.nullable(),
  })
  .meta({ id: 'AllocationsReport' })
export type AllocationsReport = z.infer<typeof allocationsReport>

/** element omitted: explain what stayed unallocated. */
export const explainQuery = costsQuery.pick({ from: true, to: true, metric: true, currency: true }).extend({
  element: z.string().optional(),
  period: bound.optional(),
  granularity: z.enum(['hourly', 'daily', 'monthly', 'total']).default('daily'),
})

/** One step: cost of equal lines, the drivers that it was split by, and the share. */
export const explainPart = z.object({
  charge_period: z.object({ start: isoTime, end: isoTime }),
  /** The values that these lines have for the stream's filter keys. */
  matched_on: z.record(z.string(), z.string().nullable()),
  cost: decimal,
  lines: z.int(),
  reason: unallocatedReason.nullable(),
  stream: z.string().nullable(),
  weight: decimal,
  total_weight: decimal,
  amount: decimal,
  /** round(cost × running weight ÷ total) of this element, less that of the one before it. */
  arithmetic: z.string(),
  records: z.array(
    z.object({
      timestamp: isoTime,
      filter: z.record(z.string(), z.array(z.string())),
      element_name: z.string(),
      value: decimal,
      batch_id: z.int(),
      operation: z.string(),
      sender: z.string(),
      received_at: isoTime,
    }),
  ),
  top_lines: z.array(
    z.object({
      charge_period_start: isoTime,
      service: z.string(),
      resource: z.string(),
      description: z.string(),
      cost: decimal,
    }),
  ),
})

export const explanation = z
  .object({
    dimension: z.string(),
    element: z.string().nullable(),
    metric,
    currency: z.string().nullable(),
    from: isoTime,
    to: isoTime,
    definition_version: z.int(),
    amount: decimal,
    /** The largest parts; `rest` is the exact sum of the others. parts + rest = amount. */
    parts: z.array(explainPart),
    rest: z.object({ parts: z.int(), amount: decimal }),
  })
  .meta({ id: 'Explanation' })
export type Explanation = z.infer<typeof explanation>
