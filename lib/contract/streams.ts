import { z } from 'zod'
import { bound, decimal, isoTime } from './common'

export const streamGranularity = z.enum(['HOURLY', 'DAILY', 'MONTHLY'])
export type StreamGranularity = z.infer<typeof streamGranularity>

/** CloudZero docs: letters, digits, `_ . -`, at most 256 characters, immutable. */
export const streamName = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{1,256}$/, 'letters, digits, "_", "." and "-", at most 256 characters')

export const ingestStatus = z.enum(['Pending', 'Loading', 'Available', 'Invalid'])
export type IngestStatus = z.infer<typeof ingestStatus>

export const streamDefinition = z.object({
  kind: z.literal('allocation').default('allocation'),
  granularity: streamGranularity,
  filter_keys: z.array(z.string().min(1)).max(5, 'a stream has at most 5 filter keys').default([]),
})

export const stream = z
  .object({
    name: z.string(),
    kind: z.string(),
    granularity: streamGranularity.nullable(),
    filter_keys: z.array(z.string()),
    status: ingestStatus,
    status_reason: z.string(),
    records: z.int(),
    elements: z.int(),
    first_bucket: isoTime.nullable(),
    last_bucket: isoTime.nullable(),
    last_received_at: isoTime.nullable(),
    /** Allocation dimensions that split by it. */
    used_by: z.array(z.string()),
  })
  .meta({ id: 'Stream' })
export type Stream = z.infer<typeof stream>

export const streamList = z.object({ streams: z.array(stream) })

export const telemetryRecord = z.object({
  timestamp: isoTime,
  granularity: streamGranularity,
  filter: z.record(z.string(), z.array(z.string())),
  element_name: z.string(),
  value: decimal,
})
export const recordList = z.object({
  records: z.array(telemetryRecord),
  total: z.int(),
  next_cursor: z.string().nullable(),
})
export type RecordList = z.infer<typeof recordList>

export const batch = z
  .object({
    id: z.int(),
    seq: z.int(),
    operation: z.enum(['sum', 'replace', 'delete', 'undo']),
    origin: z.string(),
    sender: z.string(),
    records: z.int(),
    status: z.enum(['Pending', 'Loading', 'Available']),
    received_at: isoTime,
    undone_at: isoTime.nullable(),
    undoes: z.int().nullable(),
  })
  .meta({ id: 'Batch' })
export type Batch = z.infer<typeof batch>
export const batchList = z.object({ batches: z.array(batch), total: z.int() })

export const batchAccepted = z.object({ batch_id: z.int().nullable(), seq: z.int().nullable(), records: z.int() })

// Queries of the lists, and of the CSV form.
export const recordsQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.string().optional(),
  element: z.string().optional(),
  from: bound.optional(),
  to: bound.optional(),
})
export const batchesQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  offset: z.coerce.number().int().min(0).default(0),
})
export const csvQuery = z.object({ operation: z.enum(['sum', 'replace']).default('replace') })
