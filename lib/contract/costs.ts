import { z } from 'zod'
import { bound, decimal, isoTime, metric, reportGranularity } from './common'
import { mapping } from './import-profiles'

export const importStatus = z.enum(['queued', 'running', 'completed', 'failed', 'cancelled'])

export const importFormat = z.enum(['auto', 'focus', 'cur', 'cur2', 'cbf', 'mapping'])
export type ImportFormat = z.infer<typeof importFormat>

/** replace swaps a billing month whole, append adds to it, replace_hours swaps the hours that the bill brings. */
export const importMode = z.enum(['replace', 'append', 'replace_hours'])
export type ImportMode = z.infer<typeof importMode>

export const costImport = z
  .object({
    id: z.uuid(),
    source: z.string(),
    format: importFormat,
    /** Of FOCUS, where the columns tell. */
    format_version: z.string().nullable(),
    mode: importMode,
    file_name: z.string(),
    files: z.array(z.object({ file_name: z.string(), bytes: z.int() })),
    status: importStatus,
    /** Size of the source file, and how much of it has been read. */
    bytes: z.int(),
    bytes_read: z.int(),
    rows_read: z.int(),
    rows_accepted: z.int(),
    rows_rejected: z.int(),
    /** A larger share of rejected rows fails the import. */
    max_rejected: z.number(),
    /** While it runs: how fast, and how long still. */
    rows_per_second: z.number().nullable(),
    seconds_left: z.int().nullable(),
    error: z.string().nullable(),
    /** Metrics that the file lacks, columns that were not kept. */
    warnings: z.array(z.string()),
    created_by: z.string(),
    created_at: isoTime,
    started_at: isoTime.nullable(),
    finished_at: isoTime.nullable(),
    /** Billing months that this import holds now; empty once another import has replaced it. */
    periods: z.array(z.object({ month: z.string(), rows: z.int() })),
    /** Billing months that it brought, whether it holds them still or not. */
    months: z.array(z.object({ month: z.string(), rows: z.int() })),
    /** Whether what counted before this import can be brought back (or it itself, after it was rolled back). */
    can_roll_back: z.boolean(),
    can_restore: z.boolean(),
    /** The imports that would count in each month then; none, where nothing did. */
    after_rollback: z.array(z.object({ month: z.string(), imports: z.array(z.uuid()) })),
    after_restore: z.array(z.object({ month: z.string(), imports: z.array(z.uuid()) })),
    /** The first bad cells; every rejected row is in GET …/rejected. `file` counts the import's files from 0. */
    rejections: z.array(
      z.object({ file: z.int(), line: z.int(), column: z.string(), value: z.string(), reason: z.string() }),
    ),
  })
  .meta({ id: 'CostImport' })
export type CostImport = z.infer<typeof costImport>

export const costImportList = z.object({ imports: z.array(costImport) })

/** A mapping as JSON. */
export const mappingText = z
  .string()
  .max(20_000)
  .transform((text, ctx) => {
    try {
      return JSON.parse(text) as unknown
    } catch {
      ctx.addIssue({ code: 'custom', message: 'is not JSON' })
      return z.NEVER
    }
  })
  .pipe(mapping)

/** The body is the file itself (CSV, CSV.gz or Parquet), or a multipart form with one file or several. */
export const importRequest = z.object({
  /** auto tells by the header; mapping reads any CSV by the source's profile. */
  format: importFormat.default('auto'),
  mode: importMode.default('replace'),
  /** From 0 to 1: a larger share of rejected rows fails the import, and changes nothing. */
  max_rejected: z.coerce.number().min(0).max(1).default(0.5),
  /** Whose bill it is: a source's billing month is replaced by the next file that holds it. */
  source: z.string().trim().min(1).max(100).default('default'),
  file_name: z
    .string()
    .max(255)
    .default('upload')
    .transform((name) => name.replaceAll('\0', '')),
  /** Reads these files by this mapping instead of the source's profile. */
  mapping: mappingText.optional().meta({
    description:
      'JSON, as in an import profile: reads these files by it instead of the source’s profile. In a form it may be a part `mapping` instead, which a long one should be',
  }),
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
