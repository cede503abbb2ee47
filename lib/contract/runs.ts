import { z } from 'zod'
import { decimal, isoTime } from './common'

/** What made days be computed again. */
export const runCause = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('telemetry'), stream: z.string(), batches: z.int(), by: z.string() }),
  z.object({ kind: z.literal('stream_deleted'), stream: z.string(), by: z.string() }),
  z.object({ kind: z.literal('bill'), source: z.string(), import_id: z.string(), by: z.string() }),
  z.object({ kind: z.literal('definition'), version: z.int(), by: z.string() }),
])
export type RunCause = z.infer<typeof runCause>

/** EffectiveCost of a dimension on the run's days, before and after. */
export const runChange = z.object({
  dimension: z.string(),
  dimension_id: z.string(),
  currency: z.string(),
  before: z.object({ cost: decimal, unallocated: decimal }),
  after: z.object({ cost: decimal, unallocated: decimal }),
})
export type RunChange = z.infer<typeof runChange>

export const allocationRun = z
  .object({
    id: z.int(),
    status: z.enum(['running', 'completed', 'failed', 'stopped']),
    causes: z.array(runCause),
    definition_version: z.int(),
    days: z.int(),
    days_done: z.int(),
    error: z.string().nullable(),
    started_at: isoTime,
    finished_at: isoTime.nullable(),
    changes: z.array(runChange),
  })
  .meta({ id: 'AllocationRun' })
export type AllocationRun = z.infer<typeof allocationRun>

/** Why days wait longer than they should: the run that was to compute them failed, and the last good one stays. */
export const runFailure = z.object({ run_id: z.int(), at: isoTime, error: z.string() })
export type RunFailure = z.infer<typeof runFailure>

export const runsQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** Runs before this one: the id of the last one that is known. */
  before: z.coerce.number().int().min(1).optional(),
  status: allocationRun.shape.status.optional(),
})
export type RunsQuery = z.infer<typeof runsQuery>

export const runList = z
  .object({
    runs: z.array(allocationRun),
    total: z.int(),
    /** What `before` is for the next page; null: there is none. */
    next_before: z.int().nullable(),
  })
  .meta({ id: 'AllocationRunList' })
export type RunList = z.infer<typeof runList>

export const runParams = z.object({ id: z.coerce.number('is not the number of a run').int().min(1) })
