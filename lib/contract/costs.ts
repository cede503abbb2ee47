import { z } from 'zod'
import { bound, decimal, isoTime, metric, reportGranularity } from './common'

export const importStatus = z.enum(['queued', 'running', 'completed', 'failed', 'cancelled'])

export const costImport = z
  .object({
    id: z.uuid(),
    source: z.string(),
    format: z.string(),
    file_name: z.string(),
    status: importStatus,
    /** Size of the source file, and how much of it has been read. */
    bytes: z.int(),
    bytes_read: z.int(),
    rows_read: z.int(),
    rows_accepted: z.int(),
    rows_rejected: z.int(),
    error: z.string().nullable(),
    /** Metrics that the file lacks, columns that were not kept. */
    warnings: z.array(z.string()),
    created_by: z.string(),
    created_at: isoTime,
    started_at: isoTime.nullable(),
    finished_at: isoTime.nullable(),
    /** Billing months that this import holds now; empty once another import has replaced it. */
    periods: z.array(z.object({ month: z.string(), rows: z.int() })),
    /** The first bad cells; every rejected row is in GET …/rejected. */
    rejections: z.array(z.object({ line: z.int(), column: z.string(), value: z.string(), reason: z.string() })),
  })
  .meta({ id: 'CostImport' })
export type CostImport = z.infer<typeof costImport>

export const costImportList = z.object({ imports: z.array(costImport) })

/** The body is the file itself, or a multipart form with one file. */
export const importRequest = z.object({
  format: z.enum(['auto', 'focus']).default('auto'),
  /** Whose bill it is: a source's billing month is replaced by the next file that holds it. */
  source: z.string().trim().min(1).max(100).default('default'),
  file_name: z.string().max(255).default('upload.csv'),
})

/** `key=value`, or `key!=value`; keys as in stream filters: a column, `tag:KEY`, `custom:DIMENSION`. Repeatable. */
export const costsQuery = z.object({
  from: bound,
  to: bound,
  granularity: reportGranularity.default('daily'),
  group_by: z.array(z.string()).max(3).default([]),
  metric: metric.default('EffectiveCost'),
  filter: z.array(z.string()).max(20).default([]),
  currency: z.string().optional(),
})
export type CostsQuery = z.infer<typeof costsQuery>

export const elementsQuery = costsQuery.omit({ group_by: true, granularity: true })
export type ElementsQuery = z.infer<typeof elementsQuery>

export const costsReport = z
  .object({
    metric,
    currency: z.string().nullable(),
    /** Every currency in the range: a report holds one of them. */
    currencies: z.array(z.string()),
    from: isoTime,
    to: isoTime,
    group_by: z.array(z.string()),
    /** A row's group values run parallel to group_by; null = the cost has no such value. */
    rows: z.array(z.object({ period: isoTime, group: z.array(z.string().nullable()), cost: decimal, lines: z.int() })),
    total: decimal,
    lines: z.int(),
  })
  .meta({ id: 'CostsReport' })
export type CostsReport = z.infer<typeof costsReport>

/** What stands in the bills: the first and last day, and what filters and sources may name. */
export const catalogue = z
  .object({
    first_day: z.iso.date().nullable(),
    last_day: z.iso.date().nullable(),
    lines: z.int(),
    currencies: z.array(z.string()),
    /** Filter keys that exist, as a stream or a query names them. */
    keys: z.array(
      z.object({
        key: z.string(),
        label: z.string(),
        kind: z.enum(['dimension', 'column', 'tag']),
        values: z.int(),
        examples: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'Catalogue' })
export type Catalogue = z.infer<typeof catalogue>
