import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { COST_LINES } from '../../warehouse/migrations'
import { openScratch, type ScratchEngine } from '../../warehouse/scratch/client'
import { mergeParts } from './merge-parts'

const month = z.object({ month: z.string(), parts: z.coerce.number(), lines: z.coerce.number(), cost: z.string() })
const MONTHS = `SELECT toString(BillingMonth) AS month, uniqExact(_part) AS parts, count() AS lines, sum(BilledCost) AS cost
  FROM cost_lines GROUP BY month ORDER BY month`

describe('parts of an import', () => {
  let scratch: ScratchEngine
  let directory: string

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'apportion-parts-'))
    scratch = openScratch(directory)
    await scratch.command(`${COST_LINES} SETTINGS max_bytes_to_merge_at_max_space_in_pool = 1`)
    for (let part = 0; part < 7; part++) {
      await scratch.command(`INSERT INTO cost_lines (BillingMonth, LineNumber, BilledCost)
        SELECT if(${part} = 6, toDate('2024-10-01'), toDate('2024-09-01')), number, toDecimal128('0.000000000000000001', 18) FROM numbers(${part + 1})`)
    }
  })
  afterEach(async () => {
    await scratch.close()
    await rm(directory, { recursive: true, force: true })
  })
  const october = { month: '2024-10-01', parts: 1, lines: 7, cost: '0.000000000000000007' }
  const september = { month: '2024-09-01', lines: 21, cost: '0.000000000000000021' }

  it.each([
    [64, 1],
    [6, 1],
    [5, 2],
    [4, 2],
    [3, 2],
    [2, 3],
  ])('%i at a time make %i of the many, and no line is lost', async (together, parts) => {
    await mergeParts({ scratch, look: async () => undefined, together })
    expect(await scratch.query({ query: MONTHS, schema: month })).toEqual([{ ...september, parts }, october])
  })
})
