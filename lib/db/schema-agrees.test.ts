import { describe, expect, it } from 'vitest'
import { diffSchema } from '@/scripts/schema-diff.mjs'

describe('prisma/migrations', () => {
  it('lead to exactly what prisma/schema.prisma says', async () => {
    expect(await diffSchema()).toBe('')
  })
})
