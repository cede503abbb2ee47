import { z } from 'zod'
import { bound } from './common'

export const V2_PAGE_SIZE = 10_000

export const COST_TYPES = [
  'real_cost',
  'billed_cost',
  'discounted_cost',
  'amortized_cost',
  'discounted_amortized_cost',
  'invoiced_amortized_cost',
  'on_demand_cost',
  'usage_amount',
] as const
export type CostType = (typeof COST_TYPES)[number]

export const DROP_OPERATIONS = ['replace_drop', 'replace_hourly', 'sum'] as const
export type DropOperation = (typeof DROP_OPERATIONS)[number]

/** Every list of V2 has it, even one that fits on a page (CloudZero API V2, Pagination). */
export const pagination = z
  .object({
    /** Pages in all. */
    page_count: z.int(),
    /** Items in this answer. */
    item_count: z.int(),
    /** Items on all pages. */
    total_count: z.int(),
    cursor: z.object({
      next_cursor: z.string().nullable(),
      previous_cursor: z.string().nullable(),
      has_next: z.boolean(),
      has_previous: z.boolean(),
    }),
  })
  .meta({ id: 'CloudZeroPagination' })
export type Pagination = z.infer<typeof pagination>

/** Lower-cased first: senders write `DAILY` too. */
const word = <T extends readonly [string, ...string[]]>(values: T) =>
  z.string().trim().toLowerCase().pipe(z.enum(values))

export const V2_GRANULARITIES = ['hourly', 'daily', 'weekly', 'monthly', 'yearly'] as const
export type V2Granularity = (typeof V2_GRANULARITIES)[number]

/** A `+` of an offset that was not encoded arrives as a blank. */
const v2Bound = z
  .string('is missing: an ISO 8601 date or time, such as 2024-09-01')
  .transform((text) => text.trim().replace(/(T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) (\d{2}:?\d{2})$/, '$1+$2'))
  .pipe(bound)

export const v2CostsQuery = z.object({
  start_date: v2Bound,
  end_date: v2Bound.optional().meta({ description: 'Exclusive; the present by default' }),
  granularity: word(V2_GRANULARITIES)
    .default('daily')
    .meta({ description: V2_GRANULARITIES.join(', ') }),
  group_by: z
    .array(z.string().trim().min(1))
    .max(10)
    .default([])
    .meta({ description: 'Dimension ids as in /v2/billing/dimensions; repeatable' }),
  filters: z.string().max(100_000).default('').meta({
    description: 'JSON: dimension ids with their values; `!` before an id negates',
    example: '{"Region":["us-east-1"],"!Account":["123456789012"]}',
  }),
  cost_type: word(COST_TYPES)
    .default('real_cost')
    .meta({ description: COST_TYPES.join(', ') }),
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(V2_PAGE_SIZE).default(V2_PAGE_SIZE),
  /** Not CloudZero's: one of the answer's `currencies`. The one with most lines by default. */
  currency: z.string().max(10).optional(),
})
export type V2CostsQuery = z.infer<typeof v2CostsQuery>

export const v2Costs = z
  .object({
    costs: z.array(
      z
        .object({
          usage_date: z.string().meta({ example: '2024-09-01T00:00:00+00:00' }),
          cost: z.number().meta({ description: 'Every digit is written' }),
        })
        .catchall(z.string().nullable()),
    ),
    pagination,
    cost_type: z.string(),
    metric: z.string(),
    currency: z.string().nullable(),
    currencies: z.array(z.string()),
  })
  .meta({ id: 'CloudZeroCosts' })

const flag = z.string().optional()

export const v2DimensionsQuery = z.object({ include_hidden: flag })
export const v2Dimensions = z.object({ dimensions: z.array(z.object({ id: z.string(), name: z.string() })) })

export const v2VersionsQuery = z.object({
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
})
export const v2SaveQuery = z.object({
  validate_only: flag.meta({ description: 'Passed: nothing is saved, and the answer is {}' }),
})
export const v2VersionParams = z.object({
  version: z.string().regex(/^(latest|\d{1,9})$/, 'is the number of a version, or latest'),
})
export const v2FileQuery = z.object({ expires: z.string().max(20), signature: z.string().max(100) })

const version = z.object({
  version: z.string(),
  last_updated: z.string().meta({ description: 'Seconds since 1970' }),
  last_updated_by: z.string(),
})
export const v2Version = z.object({ version })
export const v2VersionDocument = z.object({
  version: version.extend({
    uri: z.url().meta({ description: 'The document itself; needs no key, for an hour' }),
    definition: z.string(),
  }),
})
export const v2VersionList = z.object({ versions: z.array(version), pagination })

const connectionId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/, 'has 1 to 80 letters, digits, dots, hyphens and underscores')
export const connectionParams = z.object({ connection_id: connectionId })
export const dropMonthParams = z.object({ connection_id: connectionId, month: z.string().max(40) })

const cbfRow = z
  .object({ 'time/usage_start': z.string(), 'cost/cost': z.union([z.string(), z.number()]) })
  .catchall(z.union([z.string(), z.number(), z.null()]))
  .meta({ id: 'CbfRow' })

export const billingDrop = z
  .object({
    month: z
      .string()
      .optional()
      .meta({ example: '2024-08', description: 'Or a date-time; the rows’ month by default' }),
    operation: z.enum(DROP_OPERATIONS).default('replace_drop'),
    data: z.array(cbfRow),
  })
  .meta({ id: 'BillingDrop' })

const drop = z.object({ drop_id: z.string(), month: z.string(), row_count: z.int() })
export const dropAccepted = z.object({ connection: drop })
export const dropList = z.object({
  billing_drops: z.array(drop.extend({ operation: z.string(), status: z.string(), created: z.string() })),
})
export type DropList = z.infer<typeof dropList>
export const dropContents = z.object({ billing_drop: z.array(cbfRow) })
export const dropChecked = z.object({
  connection: z.object({ is_valid: z.boolean(), errors: z.array(z.string()) }),
})
