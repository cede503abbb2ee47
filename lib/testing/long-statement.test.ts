import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { warehouse } from '../warehouse/client'
import { useWorkspace } from './workspace'

const schema = z.object({ n: z.coerce.number() })
const LONG = 'SELECT count() AS n FROM numbers(60) WHERE sleepEachRow(0.05) = 0 SETTINGS max_block_size = 1'

describe('statements of the embedded engine', () => {
  useWorkspace()

  it('that are short are answered while a long one runs', async () => {
    const { query, command, insert } = await warehouse()
    const ended: string[] = []
    const long = query({ query: LONG, schema }).then((rows) => {
      ended.push('the long one')
      return rows
    })
    await command({ query: 'CREATE TABLE beside (n UInt32) ENGINE = MergeTree ORDER BY n' })
    await insert({ table: 'beside', rows: [{ n: 1 }, { n: 2 }] })
    expect(await query({ query: 'SELECT sum(n) AS n FROM beside', schema })).toEqual([{ n: 3 }])
    ended.push('the short ones')
    expect(await long).toEqual([{ n: 60 }])
    expect(ended).toEqual(['the short ones', 'the long one'])
  })

  it('are all answered, however many are asked at once', async () => {
    const { query } = await warehouse()
    const asked = Array.from({ length: 25 }, (_, index) => index)
    const answers = await Promise.all(asked.map((n) => query({ query: `SELECT toUInt32(${n}) AS n`, schema })))
    expect(answers.flat().map(({ n }) => n)).toEqual(asked)
  })
})
