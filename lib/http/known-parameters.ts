import type { z } from 'zod'
import { findNearest } from '../costformation/nearest'
import { AppError } from '../errors'

/** Refuses a query that holds what the route does not read, each with the parameter that was likely meant. */
export function refuseUnknownParameters({ schema, names }: { schema: z.ZodType; names: readonly string[] }): void {
  const known = 'shape' in schema && schema.shape ? Object.keys(schema.shape) : []
  const unknown = names
    .filter((name) => !known.includes(name))
    .map((name) => {
      const near = findNearest({ word: name, candidates: known })
      const hint = near === null ? `it takes ${known.join(', ')}` : `did you mean \`${near}\`?`
      return { name, reason: `is no parameter of this call; ${hint}` }
    })
  const [first] = unknown
  if (first) throw new AppError('invalid_request', `query: ${first.name}: ${first.reason}`, unknown)
}
