import { z } from 'zod'
import type { v2VersionList } from '../contract/cloudzero-v2'
import { database } from '../db/client'
import { AppError } from '../errors'
import { presentVersion } from '../wire/cloudzero-v2/definition-version'
import { decodeCursor, encodeCursor, paginate } from '../wire/cloudzero-v2/pagination'

/** `newest`: the latest version when the first page was read, so that a save moves no page. */
const versionsCursor = z.object({ newest: z.int().min(0), offset: z.int().min(0) })

async function latestNumber(): Promise<number> {
  const { prisma } = await database()
  const row = await prisma.costFormationVersion.findFirst({ orderBy: { version: 'desc' }, select: { version: true } })
  return row?.version ?? 0
}

function openCursor(text: string | undefined): z.infer<typeof versionsCursor> | null {
  if (!text) return null
  const cursor = decodeCursor({ text, schema: versionsCursor })
  if (!cursor) throw new AppError('gone', 'cursor: it is none of this endpoint’s; list the versions again without one')
  return cursor
}

/** The definition's versions, newest first. */
export async function listV2Versions({
  cursor: text,
  limit,
}: {
  cursor?: string | undefined
  limit: number
}): Promise<z.infer<typeof v2VersionList>> {
  const { prisma } = await database()
  const { newest, offset } = openCursor(text) ?? { newest: await latestNumber(), offset: 0 }
  const where = { version: { lte: newest } }
  const total = await prisma.costFormationVersion.count({ where })
  const rows = await prisma.costFormationVersion.findMany({
    where,
    orderBy: { version: 'desc' },
    skip: offset,
    take: limit,
    select: { version: true, author: true, createdAt: true },
  })
  return {
    versions: rows.map(presentVersion),
    pagination: paginate({
      offset,
      limit,
      items: rows.length,
      total,
      cursorAt: (at) => encodeCursor({ newest, offset: at }),
    }),
  }
}

/** One version with its document; `latest` is the one in force. */
export async function readV2Version(name: string) {
  const { prisma } = await database()
  const number = name === 'latest' ? await latestNumber() : Number(name)
  const row = await prisma.costFormationVersion.findUnique({ where: { version: number } })
  if (!row) {
    const reason = name === 'latest' ? 'No definition was saved yet.' : `There is no version ${name} of the definition.`
    throw new AppError('not_found', reason)
  }
  return { number: row.version, version: presentVersion(row), yaml: row.yaml }
}
