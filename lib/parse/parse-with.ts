import type { z } from 'zod'
import { AppError } from '../errors'
import { zodWords } from './zod-words'

/** What a schema makes of a value. Throws an AppError with everything that is wrong; `what`: where it stands, as `query`. */
export function parseWith<T extends z.ZodType>({
  schema,
  value,
  what,
}: {
  schema: T
  value: unknown
  what: string
}): z.infer<T> {
  const result = schema.safeParse(value, { error: zodWords })
  if (result.success) return result.data
  const invalid = result.error.issues.map((issue) => ({
    name: issue.path.map(String).join('.'),
    reason: issue.message,
  }))
  const [first] = invalid
  throw new AppError('invalid_request', `${what}: ${first?.name ? `${first.name}: ` : ''}${first?.reason}`, invalid)
}
