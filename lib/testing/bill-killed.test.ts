import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { GET as getCosts } from '@/app/api/v1/costs/route'
import { warehouse } from '../warehouse/client'
import { focusCsv, importBill, postBill, whenDone } from './bills'
import { call, eventually, useWorkspace } from './workspace'

/** Processes of this one that run a scratch engine. */
function enginePids(): number[] {
  const children = readdirSync('/proc/self/task').flatMap((task) =>
    readFileSync(`/proc/self/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  )
  return children.filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('scratch/engine.mjs')
    } catch {
      return false
    }
  })
}

async function total(): Promise<unknown> {
  const query = 'from=2024-01-01&to=2025-01-01&granularity=total&metric=BilledCost'
  return (await call(getCosts, `/x?${query}`)).body.total
}

const countRow = z.object({ n: z.coerce.number() })

describe.runIf(process.platform === 'linux')('an import whose engine is killed', () => {
  useWorkspace()

  it('fails with a clear message, counts nothing, and the next one works', async () => {
    const small = focusCsv([{ BilledCost: '7' }])
    expect(await importBill(small, { source: 'killed' })).toMatchObject({ status: 'completed' })
    const lines = Array.from({ length: 150_000 }, (_, index) => ({
      ChargeDescription: `line ${index} ${'x'.repeat(300)}`,
    }))
    const many = focusCsv(lines)
    for (const wait of [0, 700]) {
      const accepted = await postBill(many, { source: 'killed' })
      const id = String(accepted.body.id)
      const [pid] = await eventually(
        async () => enginePids(),
        (pids) => pids.length > 0,
      )
      await new Promise((resolve) => setTimeout(resolve, wait))
      if (pid === undefined) throw new Error('no engine runs')
      process.kill(pid, 'SIGKILL')
      const done = await whenDone(id)
      expect(done).toMatchObject({ status: 'failed', periods: [], months: [] })
      expect(done.error).toMatch(/process that reads the bill was ended from outside.*nothing was changed/)
      const { query } = await warehouse()
      const sql = 'SELECT count() AS n FROM cost_lines WHERE ImportId = {id:UUID}'
      expect(await query({ query: sql, params: { id }, schema: countRow })).toEqual([{ n: 0 }])
      expect(await total()).toBe('7')
    }
    expect(enginePids()).toEqual([])
    expect(await importBill(focusCsv([{ BilledCost: '9' }]), { source: 'killed' })).toMatchObject({
      status: 'completed',
    })
    expect(await total()).toBe('9')
  })
})
