import type { Context } from '../auth/principal'
import { saveDefinition } from '../definitions/save'
import { validateDefinition } from '../definitions/validate'
import { AppError } from '../errors'
import { presentVersion, type V2Version } from '../wire/cloudzero-v2/definition-version'
import { definitionErrors } from '../wire/cloudzero-v2/response'

async function refuseInvalid(yaml: string): Promise<void> {
  const { errors } = await validateDefinition(yaml)
  const [first] = errors
  if (!first) return
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
  const named = errors.map(({ path, message, line, column }) => ({ name: path, reason: message, line, column }))
  throw new AppError('unprocessable', `line ${first.line}, column ${first.column}: ${first.message}${more}`, named, {
    errors: definitionErrors({ yaml, errors: named }),
  })
}

/** Checks a definition, and unless it is only to be checked makes it the one in force. null: it was only checked. */
export async function saveV2Definition({
  ctx,
  yaml,
  baseVersion,
  validateOnly,
}: {
  ctx: Context
  yaml: string
  baseVersion: number | undefined
  validateOnly: boolean
}): Promise<V2Version | null> {
  await refuseInvalid(yaml)
  if (validateOnly) return null
  const saved = await saveDefinition({ ctx, yaml, baseVersion })
  return presentVersion({ version: saved.version, author: saved.author, createdAt: new Date(saved.created_at) })
}
