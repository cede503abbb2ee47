import type { Stream } from '../contract/streams'
import { database } from '../db/client'
import type { StreamModel } from '../db/generated/models'
import { currentDefinition } from '../definitions/current'
import { usersOf } from '../definitions/streams'
import { AppError } from '../errors'
import { findInvalid } from './find-invalid'
import { presentStream } from './present-stream'

interface RecordFacts {
  streamId: number
  records: bigint
  elements: bigint
  first: Date | null
  last: Date | null
}

async function presentAll(streams: readonly StreamModel[]): Promise<Stream[]> {
  const { prisma } = await database()
  const { definition } = await currentDefinition()
  const ids = streams.map((stream) => stream.id)
  const counted = await prisma.$queryRaw<RecordFacts[]>`
    SELECT "streamId", count(*) AS records, count(DISTINCT element) AS elements, min("bucketStart") AS first, max("bucketStart") AS last
    FROM telemetry_record WHERE NOT deleted AND "streamId" = ANY(${ids}) GROUP BY "streamId"`
  const factsOf = new Map(counted.map((row) => [row.streamId, row]))
  const result: Stream[] = []
  for (const stream of streams) {
    const facts = factsOf.get(stream.id)
    result.push(
      presentStream(stream, {
        records: Number(facts?.records ?? 0),
        elements: Number(facts?.elements ?? 0),
        firstBucket: facts?.first ?? null,
        lastBucket: facts?.last ?? null,
        usedBy: usersOf({ definition, stream: stream.name }),
        invalid: await findInvalid({ stream, definition }),
      }),
    )
  }
  return result
}

export async function listStreams(): Promise<Stream[]> {
  const { prisma } = await database()
  return presentAll(await prisma.stream.findMany({ orderBy: { name: 'asc' } }))
}

/** The stream's row, or a not_found that names it. */
export async function findStream(name: string): Promise<StreamModel> {
  const { prisma } = await database()
  const stream = await prisma.stream.findUnique({ where: { name } })
  if (!stream) throw new AppError('not_found', `There is no stream "${name}".`)
  return stream
}

export async function getStream(name: string): Promise<Stream> {
  const [stream] = await presentAll([await findStream(name)])
  if (!stream) throw new AppError('not_found', `There is no stream "${name}".`)
  return stream
}
