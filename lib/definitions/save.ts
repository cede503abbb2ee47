import type { z } from 'zod'
import type { Context } from '../auth/principal'
import type { savedDefinition } from '../contract/costformation'
import type { Transaction } from '../db/client'
import { transact } from '../db/transact'
import { AppError } from '../errors'
import { wake } from '../jobs/queue'
import { allCostDays, markStale } from '../runs/stale-days'
import { currentDefinition } from './current'
import { planPreview } from './preview/plan'
import { planStreams } from './streams'
import { requireValid } from './validate'
import { readVersion } from './versions'

type Saved = z.infer<typeof savedDefinition>

/** Saves come one after another, so that none is written over without having been seen. */
async function refuseLostUpdate({ tx, baseVersion }: { tx: Transaction; baseVersion: number | undefined }) {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('costformation_version'))`
  if (baseVersion === undefined) return
  const last = await tx.costFormationVersion.findFirst({
    orderBy: { version: 'desc' },
    select: { version: true, author: true, createdAt: true },
  })
  if ((last?.version ?? 0) === baseVersion) return
  const edited = baseVersion === 0 ? 'an empty definition' : `version ${baseVersion}`
  if (!last) throw new AppError('conflict', `You edited ${edited}, and there is none.`)
  const createdAt = last.createdAt.toISOString()
  throw new AppError(
    'conflict',
    `${last.author} saved version ${last.version} at ${createdAt}; you edited ${edited}. Nothing was saved over it.`,
    [],
    { latest: { version: last.version, author: last.author, created_at: createdAt } },
  )
}

/**
 * Makes a document the definition in force: a new version, whole or not at all. Every day is computed again by it.
 * With `baseVersion`, the version that was edited, it is refused when another was saved meanwhile.
 */
export async function saveDefinition({
  ctx,
  yaml,
  baseVersion,
  restoredFrom = null,
}: {
  ctx: Context
  yaml: string
  baseVersion?: number | undefined
  restoredFrom?: number | null
}): Promise<Saved> {
  const { warnings, definition: after } = await requireValid(yaml)
  const days = await allCostDays()
  const { definition: before } = await currentDefinition()
  const streams = await planStreams()
  const changed = planPreview({ now: before, after, streams }).filter(
    ({ change, allocated }) => allocated && change !== 'same',
  )
  const dimensions = changed.map(({ dimension }) => dimension.id)
  const saved = await transact<Saved>({
    ctx,
    run: async (tx) => {
      await refuseLostUpdate({ tx, baseVersion })
      // A sequence would leave gaps after a crash, which look like lost versions.
      const { _max } = await tx.costFormationVersion.aggregate({ _max: { version: true } })
      const version = (_max.version ?? 0) + 1
      const row = await tx.costFormationVersion.create({
        data: { version, yaml, author: ctx.principal.name, restoredFrom },
      })
      await markStale({
        ...{ tx, days, dimensions },
        cause: { kind: 'definition', version: row.version, by: ctx.principal.name },
      })
      await tx.auditEvent.create({
        data: {
          actor: ctx.principal.name,
          action: restoredFrom === null ? 'costformation.save' : 'costformation.restore',
          target: String(row.version),
          ...(restoredFrom === null ? {} : { details: { restoredFrom } }),
        },
      })
      return {
        version: row.version,
        author: row.author,
        created_at: row.createdAt.toISOString(),
        restored_from: restoredFrom,
        warnings,
      }
    },
  })
  await wake('recompute-days')
  return saved
}

/** Brings an earlier version back, as a new one; refused where it is not valid any more. */
export async function restoreVersion({
  ctx,
  version,
  baseVersion,
}: {
  ctx: Context
  version: number
  baseVersion?: number | undefined
}): Promise<Saved> {
  const { yaml } = await readVersion(version)
  return saveDefinition({ ctx, yaml, baseVersion, restoredFrom: version })
}
