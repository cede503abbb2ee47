import { z } from 'zod'
import { bound, decimal, isoTime, metric } from './common'
import { runFailure } from './runs'
import { streamGranularity } from './streams'

export const coverageQuery = z
  .object({
    dimension: z.string().min(1).optional().meta({ description: 'Id or name of a split; or ask for a stream' }),
    stream: z.string().min(1).optional().meta({ description: 'Every split that goes by it' }),
    from: bound,
    to: bound,
    metric: metric.default('EffectiveCost'),
    currency: z.string().optional(),
    late_hours: z.coerce
      .number()
      .int()
      .min(1)
      .max(8784)
      .default(24)
      .meta({ description: 'A bucket is late if any of its records first came longer after its end than this' }),
  })
  .refine(({ dimension, stream }) => (dimension === undefined) !== (stream === undefined), {
    error: 'name either a dimension or a stream',
    path: ['dimension'],
  })
export type CoverageQuery = z.infer<typeof coverageQuery>

/** The pool's cost: cost = covered + filled + missing + zero + other, in every digit. */
export const poolCoverage = z.object({
  cost: decimal,
  /** It had something to be split by. */
  covered: decimal,
  /** It had not, and a gap policy stepped in. */
  filled: decimal,
  /** Nothing to split by: no record, or no cost for a rule to go by. */
  missing: decimal,
  /** Records there, all of them zero. */
  zero: decimal,
  /** Not split for another reason: set apart. */
  other: decimal,
})
export type PoolCoverage = z.infer<typeof poolCoverage>

/**
 * When a bucket's records first came; a later correction counts for nothing. Late if any of them came too late, and
 * backfilled instead where the bucket lies before the stream's first batch.
 */
export const receipt = z.enum(['on_time', 'late', 'backfilled'])
export type Receipt = z.infer<typeof receipt>

/** A day of a stream, of the pool's cost that its filters match. A monthly record counts on each day of its month. */
export const streamDay = z.object({
  day: z.iso.date(),
  /** Cost that a filter of the stream matches, and what of it the stream took, a gap policy filled, nothing claims. */
  cost: decimal,
  taken: decimal,
  filled: decimal,
  missing: decimal,
  zero: decimal,
  records: z.int(),
  zero_records: z.int(),
  /** Records that no cost of the pool goes by, in its own bucket, a driver window or a gap policy. */
  unmatched_records: z.int(),
  /** Records that first came too late; none of those of a bucket before the stream began. */
  late_records: z.int(),
  /** The worst of the day's buckets. */
  received: receipt.nullable(),
  /** From a bucket's end to when the last of its records first came, the longest of those buckets. Below zero: before its end. */
  delay_seconds: z.int().nullable(),
})
export type StreamDay = z.infer<typeof streamDay>

export const streamCoverage = z.object({
  stream: z.string(),
  granularity: streamGranularity,
  days: z.array(streamDay),
})
export type StreamCoverage = z.infer<typeof streamCoverage>

export const splitCoverage = z.object({
  dimension: z.string(),
  dimension_id: z.string(),
  by: z.enum(['streams', 'rules']),
  /** False while days of the range wait to be computed again. */
  up_to_date: z.boolean(),
  failure: runFailure.nullable(),
  total: poolCoverage,
  days: z.array(poolCoverage.extend({ day: z.iso.date() })),
  /** In the order of their priority. */
  streams: z.array(streamCoverage),
})
export type SplitCoverage = z.infer<typeof splitCoverage>

export const coverageReport = z
  .object({
    metric,
    currency: z.string().nullable(),
    currencies: z.array(z.string()),
    from: isoTime,
    to: isoTime,
    late_hours: z.int(),
    splits: z.array(splitCoverage),
  })
  .meta({ id: 'CoverageReport' })
export type CoverageReport = z.infer<typeof coverageReport>
