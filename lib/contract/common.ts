import { z } from 'zod'

/** A decimal in plain notation: no exponent, no thousands marks. Money and quantities never become numbers. */
export const decimal = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .meta({ description: 'A decimal as a string, exact', example: '0.75322708520' })

export const isoTime = z.iso
  .datetime({ offset: true })
  .meta({ description: 'ISO 8601, UTC', example: '2024-09-01T00:00:00Z' })

const DATE_OR_TIME = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[-+]\d{2}:?\d{2})?)?$/

/** A bound of a range: a date is its midnight, and a time without an offset is UTC. */
export const bound = z
  .string('is missing: an ISO 8601 date or time, such as 2024-09-01')
  .refine((text) => DATE_OR_TIME.test(text) && !Number.isNaN(Date.parse(text.replace(' ', 'T'))), {
    error: ({ input }) => `is not an ISO 8601 date or time: received ${JSON.stringify(String(input).slice(0, 60))}`,
  })
  .meta({ description: 'ISO 8601 date or time, UTC; ends are exclusive', example: '2024-09-01' })

export const METRICS = [
  'BilledCost',
  'EffectiveCost',
  'ListCost',
  'ContractedCost',
  'ConsumedQuantity',
  'PricingQuantity',
] as const
export const metric = z.enum(METRICS)
export type Metric = z.infer<typeof metric>

export const GRANULARITIES = ['hourly', 'daily', 'monthly', 'total'] as const
export const reportGranularity = z.enum(GRANULARITIES)
export type ReportGranularity = z.infer<typeof reportGranularity>

/** RFC 9457, with the offending parameters and the request's id. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    request_id: z.string(),
    invalid_params: z.array(
      z.object({
        name: z.string(),
        reason: z.string(),
        line: z.int().optional(),
        column: z.int().optional(),
      }),
    ),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof problem>

// Parts of paths.
export const idParams = z.object({ id: z.uuid() })
export const keyParams = z.object({ id: z.string().min(1) })
export const nameParams = z.object({ name: z.string().min(1) })
export const dimensionParams = z.object({ dimension: z.string().min(1) })
