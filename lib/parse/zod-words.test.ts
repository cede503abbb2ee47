import { expect, test } from 'vitest'
import { z } from 'zod'
import { zodWords } from './zod-words'

test.each<[z.ZodType, unknown, string]>([
  [z.string(), undefined, 'is missing'],
  [z.string(), 5, 'is not a text: received 5'],
  [z.string().min(1), '', 'is empty'],
  [z.string().min(8), 'short', 'has 5 characters: at least 8'],
  [z.string().max(3), 'long', 'has 4 characters: at most 3'],
  [z.array(z.string()).min(1), [], 'has 0 entries: at least 1'],
  [z.array(z.string()).max(3), ['', '', '', ''], 'has 4 entries: at most 3'],
  [z.coerce.number().int().min(1), '0', 'must be at least 1: received 0'],
  [z.coerce.number(), 'ten', 'is not a number: received NaN'],
  [z.coerce.number().int(), '1.5', 'is not a whole number: received 1.5'],
  [z.enum(['a', 'b', 'c']), 'd', 'is not a, b or c: received "d"'],
  [z.enum(['a']), undefined, 'is missing'],
  [z.uuid(), 'x', 'is not a UUID: received "x"'],
  [z.email(), 'x', 'is not an email address: received "x"'],
  [
    z.union([z.object({ a: z.string() }), z.object({ b: z.string() })]),
    5,
    'is none of the forms that it may have: received 5',
  ],
  [z.string().min(8, 'at least 8 characters'), '', 'at least 8 characters'],
])('%#: %j', (schema, value, words) => {
  const { error } = schema.safeParse(value, { error: zodWords })
  expect(error?.issues[0]?.message).toBe(words)
})
