import { z } from 'zod'
import { bound, decimal, isoTime, metric } from './common'
import { withoutElement } from './definition-preview'
import { runFailure } from './runs'

const amount = z.string().regex(/^\d{1,20}(\.\d{1,18})?$/, 'is not a plain decimal, zero or above')

/** Another way to split one pool, in place of the dimension's own. Its Carry and Even gaps, adjustments and limits stay. */
export const splitMethod = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('even'),
    /** A dimension, by id or name, whose elements share; without: those that the split has now. */
    across: z.string().min(1).optional(),
  }),
  z.object({
    type: z.literal('proportional'),
    /** The dimension, by id or name, to whose elements’ own cost it is in proportion; its DefaultValue takes no part. */
    across: z.string().min(1),
    granularity: z.enum(['UsageDaily', 'UsageMonthly']).default('UsageMonthly'),
  }),
  z.object({ type: z.literal('stream'), stream: z.string().min(1) }),
  z.object({
    type: z.literal('fixed'),
    /** Without: in proportion to what each element had in as much time before. */
    weights: z.record(z.string().min(1), amount).optional(),
  }),
  z.object({
    /** By its own streams, with pools that hand on to each other in this way. Its gaps stay, `Next` too. */
    type: z.literal('mutual'),
    mutual: z.enum(['Reciprocal', 'StepDown', 'Direct']),
  }),
])
export type SplitMethod = z.infer<typeof splitMethod>

const asked = {
  /** By id or name. */
  dimension: z.string().min(1),
  /** Whole days. */
  from: bound,
  to: bound,
  metric: metric.default('EffectiveCost'),
  currency: z.string().optional(),
}

export const whatIfRequest = z
  .object({
    ...asked,
    /** A definition that is not saved yet. */
    yaml: z.string().optional(),
    /** Of a dimension as it is saved. */
    method: splitMethod.optional(),
  })
  .refine(({ yaml, method }) => (yaml === undefined) !== (method === undefined), {
    error: 'give either a definition as yaml or a method',
    path: ['yaml'],
  })
export type WhatIfRequest = z.input<typeof whatIfRequest>

const head = {
  dimension: z.string(),
  dimension_id: z.string(),
  metric,
  currency: z.string().nullable(),
  currencies: z.array(z.string()),
  from: isoTime,
  to: isoTime,
  /** What `now` goes by. */
  definition_version: z.int(),
  /** False while days of the range wait to be computed: what is now may change. */
  up_to_date: z.boolean(),
  failure: runFailure.nullable(),
}

/** An element, or cost without one and why. */
const which = { element: z.string().nullable(), reason: withoutElement.nullable() }

const sums = z.object({ cost: decimal, allocated: decimal, unallocated: decimal })

export const whatIfReport = z
  .object({
    ...head,
    /** Cost of the range, in the pool or not. Both columns of `elements` add up to it. */
    total: decimal,
    elements: z.array(z.object({ ...which, now: decimal, after: decimal, difference: decimal })),
    /** Of the pool. */
    totals: z.object({ now: sums, after: sums }),
  })
  .meta({ id: 'WhatIfReport' })
export type WhatIfReport = z.infer<typeof whatIfReport>

export const methodsRequest = z.object({
  ...asked,
  /** Without: even, fixed, each other stream that has telemetry for the pool, and with `across` in proportion to it. */
  methods: z.array(splitMethod).min(1).max(8).optional(),
  across: z.string().min(1).optional(),
  format: z.enum(['json', 'csv']).optional().meta({ description: 'Or ask by the Accept header' }),
})
export type MethodsRequest = z.input<typeof methodsRequest>

export const methodsReport = z
  .object({
    ...head,
    /** The pool's cost: every column adds up to it. */
    total: decimal,
    columns: z.array(
      z.object({
        /** null: as it is now. */
        method: splitMethod.nullable(),
        /** Why the method cannot be applied here; then it has no amounts. */
        error: z.string().nullable(),
        totals: sums.nullable(),
      }),
    ),
    /** By what they have now; amounts run parallel to `columns`, null where a column has none. */
    elements: z.array(z.object({ ...which, amounts: z.array(decimal.nullable()) })),
    /** Dimensions that a proportional method may go by. */
    dimensions: z.array(z.object({ id: z.string(), name: z.string() })),
  })
  .meta({ id: 'MethodsReport' })
export type MethodsReport = z.infer<typeof methodsReport>
