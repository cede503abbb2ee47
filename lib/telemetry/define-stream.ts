import type { z } from 'zod'
import type { Context } from '../auth/principal'
import type { Stream, streamDefinition } from '../contract/streams'
import { streamName } from '../contract/streams'
import { canonicalFilterKey, parseFilterKey } from '../costformation/source'
import { transact } from '../db/transact'
import { refuseCircle } from '../definitions/refuse-circle'
import { AppError, type InvalidParam } from '../errors'
import { getStream } from './list-streams'

function readKeys(texts: readonly string[]): string[] {
  const invalid: InvalidParam[] = texts.flatMap((text, index) => {
    const parsed = parseFilterKey(text)
    return 'error' in parsed ? [{ name: `filter_keys[${index}]`, reason: parsed.error }] : []
  })
  if (invalid.length > 0) throw new AppError('invalid_request', `filter_keys: ${invalid[0]?.reason}`, invalid)
  const keys = [...new Set(texts.map(canonicalFilterKey))].sort()
  if (keys.length < texts.length) throw new AppError('invalid_request', 'filter_keys: two of the keys mean the same.')
  return keys
}

/** Defines a stream before its first batch. A stream that has telemetry keeps its granularity and keys: they are immutable. */
export async function defineStream({
  ctx,
  name,
  input,
}: {
  ctx: Context
  name: string
  input: z.infer<typeof streamDefinition>
}): Promise<Stream> {
  const valid = streamName.safeParse(name)
  if (!valid.success)
    throw new AppError('invalid_request', `name: ${valid.error.issues[0]?.message}`, [
      { name: 'name', reason: valid.error.issues[0]?.message ?? '' },
    ])
  const filterKeys = readKeys(input.filter_keys)
  await refuseCircle({ stream: name, filterKeys })
  await transact({
    ctx,
    run: async (tx) => {
      await tx.$executeRaw`INSERT INTO stream (name) VALUES (${name}) ON CONFLICT (name) DO NOTHING`
      await tx.$queryRaw`SELECT id FROM stream WHERE name = ${name} FOR UPDATE`
      const stream = await tx.stream.findUniqueOrThrow({ where: { name } })
      const same =
        stream.granularity === input.granularity && JSON.stringify(stream.filterKeys) === JSON.stringify(filterKeys)
      if (stream.lastSeq > 0 && !same) {
        throw new AppError(
          'conflict',
          `The stream "${name}" has telemetry already: its granularity (${stream.granularity}) and filter keys (${stream.filterKeys.join(', ') || 'none'}) cannot change.`,
        )
      }
      await tx.stream.update({
        where: { name },
        data: { kind: input.kind, granularity: input.granularity, filterKeys, keysFixed: true },
      })
      await tx.auditEvent.create({ data: { actor: ctx.principal.name, action: 'stream.define', target: name } })
      return null
    },
  })
  return getStream(name)
}
