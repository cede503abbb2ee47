import type { Context } from '../../auth/principal'
import type { ImportProfile, Mapping } from '../../contract/import-profiles'
import { transact } from '../../db/transact'
import { noProfile, presentProfile } from './read'

/** Has the next CSV of this source read by the mapping; imports that were made keep the one they were read by. */
export async function saveProfile({
  ctx,
  source,
  mapping,
}: {
  ctx: Context
  source: string
  mapping: Mapping
}): Promise<ImportProfile> {
  return transact({
    ctx,
    run: async (tx) => {
      const { name } = ctx.principal
      const row = await tx.importProfile.upsert({
        where: { source },
        create: { source, mapping, createdBy: name },
        update: { mapping },
      })
      await tx.auditEvent.create({
        data: { actor: name, action: 'import_profile.save', target: source, details: { mapping } },
      })
      return presentProfile(row)
    },
  })
}

export async function deleteProfile({ ctx, source }: { ctx: Context; source: string }): Promise<void> {
  await transact({
    ctx,
    run: async (tx) => {
      const { count } = await tx.importProfile.deleteMany({ where: { source } })
      if (count === 0) throw noProfile(source)
      const data = { actor: ctx.principal.name, action: 'import_profile.delete', target: source }
      await tx.auditEvent.create({ data })
      return null
    },
  })
}
