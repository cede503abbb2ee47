import { z } from 'zod'
import { isoTime } from './common'

/** What a version changed against the one before it, dimensions by their ids. */
export const versionSummary = z.object({
  added: z.array(z.string()),
  changed: z.array(z.string()),
  removed: z.array(z.string()),
  /** The dimensions mean the same; what changed is their order, comments or layout. */
  only_text: z.boolean(),
})
export type VersionSummary = z.infer<typeof versionSummary>

const versionFacts = {
  version: z.int(),
  author: z.string(),
  created_at: isoTime,
  /** The version that this one brought back. */
  restored_from: z.int().nullable(),
}

/** A version in the list. summary null: it cannot be read any more. */
export const definitionVersion = z
  .object({ ...versionFacts, summary: versionSummary.nullable() })
  .meta({ id: 'DefinitionVersion' })
export type DefinitionVersion = z.infer<typeof definitionVersion>

export const versionsQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  before: z.coerce.number().int().min(1).optional().meta({ description: 'Only versions below this one' }),
})

/** Newest first; `next`: what to send as `before` for older ones. */
export const definitionVersionList = z.object({ versions: z.array(definitionVersion), next: z.int().nullable() })

export const versionParams = z.object({ version: z.coerce.number().int().min(1) })

export const definitionDocument = z
  .object({ ...versionFacts, author: z.string().nullable(), created_at: isoTime.nullable(), yaml: z.string() })
  .meta({ id: 'DefinitionDocument' })
/** A version with its text; version 0, of nobody, is the empty one before the first. */
export type DefinitionDocument = z.infer<typeof definitionDocument>

export const diffQuery = z.object({
  against: z.coerce.number().int().min(0).optional().meta({
    description: 'The other version; 0 is the empty document. By default the one before',
  }),
})

export const diffLine = z.object({ kind: z.enum(['same', 'removed', 'added']), text: z.string() })
export const diffHunk = z.object({
  /** Line numbers count from 1. */
  old_start: z.int(),
  old_lines: z.int(),
  new_start: z.int(),
  new_lines: z.int(),
  lines: z.array(diffLine),
})
export type DiffHunk = z.infer<typeof diffHunk>

export const definitionDiff = z
  .object({ from: z.int(), to: z.int(), added: z.int(), removed: z.int(), hunks: z.array(diffHunk) })
  .meta({ id: 'DefinitionDiff' })
export type DefinitionDiff = z.infer<typeof definitionDiff>
