import { z } from 'zod'
import { importFormat } from './costs'
import { mapping } from './import-profiles'

/** What the header and the first rows suggest; the cost and the period where something looks like them. */
const suggestedMapping = mapping.partial({ cost: true, period_start: true }).meta({ id: 'SuggestedMapping' })
export type SuggestedMapping = z.infer<typeof suggestedMapping>

/** The first part of a CSV, from which the server tells what it is. Nothing of it is kept. */
export const previewRequest = z.object({
  file_name: z.string().max(255).default('upload'),
  sample: z.string().meta({ description: 'The text of the file’s beginning, unpacked; the first 256 KB are enough' }),
  /** Whether the sample is all of the file: else its last record may be cut, and is left out. */
  whole: z.boolean().default(false),
  source: z.string().trim().min(1).max(100).default('default'),
  format: importFormat.default('auto'),
  /** Reads the file by this mapping instead of the source’s profile or the suggested one. */
  mapping: mapping.optional(),
})
export type PreviewRequest = z.infer<typeof previewRequest>

const previewRow = z.object({
  /** Of the file; the header is line 1. */
  line: z.int(),
  /** By FOCUS column; decimals with all of their digits, times as ISO 8601, tags and attributes as JSON objects. */
  values: z.record(z.string(), z.string()),
})

export const importPreview = z
  .object({
    /** What an import would read it as; null: neither the header nor a profile tells. */
    format: importFormat.exclude(['auto']).nullable(),
    version: z.string().nullable(),
    delimiter: z.string(),
    /** The header, each column with the first different values of the sample. */
    columns: z.array(z.object({ name: z.string(), examples: z.array(z.string()) })),
    /** Which mapping the rows were read by; null for a known format. */
    mapping: mapping.nullable(),
    suggested_mapping: suggestedMapping.nullable(),
    /** The mapping that the source’s files are read by. */
    profile: mapping.nullable(),
    /** The first rows as they will be. */
    rows: z.array(previewRow),
    /** How many rows of the sample were checked, and how many of them would be refused. */
    rows_checked: z.int(),
    rows_rejected: z.int(),
    /** Bad cells of the checked rows, the first 200; `column` as the header names it, '' for the whole record. */
    faults: z.array(z.object({ line: z.int(), column: z.string(), value: z.string(), reason: z.string() })),
    warnings: z.array(z.string()),
    /** Why no row can be read: what was seen, and what is accepted. */
    error: z.string().nullable(),
  })
  .meta({ id: 'ImportPreview' })
export type ImportPreview = z.infer<typeof importPreview>
