import type { z } from 'zod'
import type {
  DefinitionDiff,
  DefinitionDocument,
  definitionVersionList,
  VersionSummary,
} from '../contract/definition-versions'
import { parseDefinition } from '../costformation/parse'
import type { Definition } from '../costformation/tree'
import { database } from '../db/client'
import { AppError } from '../errors'
import { compareDefinitions } from './compare'
import { diffLines } from './diff-lines'

const EMPTY: DefinitionDocument = { version: 0, author: null, created_at: null, restored_from: null, yaml: '' }
const NOTHING: Definition = { dimensions: [] }

/** Versions never change, so that each is compared once; the oldest entry goes first. */
const summaries = new Map<number, VersionSummary | null>()
const MAX_SUMMARIES = 1000

function summarize({ yaml, before }: { yaml: string; before: string | null }): VersionSummary | null {
  const after = parseDefinition(yaml).definition
  const old = before === null ? NOTHING : parseDefinition(before).definition
  return after && old ? compareDefinitions({ before: old, after }) : null
}

function remember({ version, yaml, before }: { version: number; yaml: string; before: string | null }) {
  const known = summaries.get(version)
  if (known !== undefined) return known
  const summary = summarize({ yaml, before })
  summaries.set(version, summary)
  const oldest = summaries.keys().next()
  if (summaries.size > MAX_SUMMARIES && !oldest.done) summaries.delete(oldest.value)
  return summary
}

/** What was saved, newest first. */
export async function listVersions({
  limit,
  before,
}: {
  limit: number
  before?: number | undefined
}): Promise<z.infer<typeof definitionVersionList>> {
  const { prisma } = await database()
  const rows = await prisma.costFormationVersion.findMany({
    ...(before === undefined ? {} : { where: { version: { lt: before } } }),
    orderBy: { version: 'desc' },
    take: limit + 1,
  })
  const shown = rows.slice(0, limit)
  return {
    versions: shown.map(({ version, yaml, author, createdAt, restoredFrom }, index) => ({
      version,
      author,
      created_at: createdAt.toISOString(),
      restored_from: restoredFrom,
      summary: remember({ version, yaml, before: rows[index + 1]?.yaml ?? null }),
    })),
    next: rows.length > limit ? (shown.at(-1)?.version ?? null) : null,
  }
}

/** One version with its text; 0 is the empty document before the first. */
export async function readVersion(version: number): Promise<DefinitionDocument> {
  if (version === 0) return EMPTY
  const { prisma } = await database()
  const row = await prisma.costFormationVersion.findUnique({ where: { version } })
  if (!row) throw new AppError('not_found', `There is no version ${version} of the definition.`)
  const { yaml, author, createdAt, restoredFrom } = row
  return { version, author, created_at: createdAt.toISOString(), restored_from: restoredFrom, yaml }
}

/** The definition in force, with who saved it and when. */
export async function readLatest(): Promise<DefinitionDocument> {
  const { prisma } = await database()
  const row = await prisma.costFormationVersion.findFirst({ orderBy: { version: 'desc' }, select: { version: true } })
  return readVersion(row?.version ?? 0)
}

/** From `against`, by default the version before, to `version`, line by line. */
export async function diffVersions({
  version,
  against,
}: {
  version: number
  against?: number | undefined
}): Promise<DefinitionDiff> {
  const { prisma } = await database()
  const after = await readVersion(version)
  const previous = await prisma.costFormationVersion.findFirst({
    where: { version: { lt: version } },
    orderBy: { version: 'desc' },
    select: { version: true },
  })
  const before = await readVersion(against ?? previous?.version ?? 0)
  const hunks = diffLines({ before: before.yaml, after: after.yaml })
  const count = (kind: string) => hunks.flatMap(({ lines }) => lines).filter((line) => line.kind === kind).length
  return { from: before.version, to: after.version, added: count('added'), removed: count('removed'), hunks }
}
