import { randomUUID } from 'node:crypto'
import { copyFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dataPath } from '@/lib/env'
import { takeOverJobs } from '@/lib/jobs/take-over'
import { findPostgres, startPostgres } from './postgres-server'
import { eventually, useWorkspace } from './workspace'

const bin = findPostgres()

describe.runIf(bin)('an import whose process died, on a shared PostgreSQL', () => {
  let url = ''
  let stop = async () => {}
  beforeAll(async () => {
    if (bin) ({ url, stop } = await startPostgres(bin))
  })
  afterAll(() => stop())
  useWorkspace({ databaseUrl: () => url })

  it('is taken over by another process, and finishes', async () => {
    const { database } = await import('@/lib/db/client')
    const db = await database()
    const id = randomUUID()
    copyFileSync('public/example/focus-1.0-sample.csv', dataPath('imports', id, 'file-0'))
    const old = new Date(Date.now() - 10 * 60_000)
    await db.prisma.costImport.create({
      data: {
        id,
        source: 'dead',
        fileName: 'bill.csv',
        bytes: 1,
        createdBy: 'test',
        status: 'running',
        startedAt: old,
        heartbeatAt: old,
        files: { create: { position: 0, fileName: 'bill.csv', path: `imports/${id}/file-0`, sha256: '', bytes: 1 } },
      },
    })
    await db.executeSql(
      "INSERT INTO pgboss.job (name, data, state, started_on) VALUES ('import-costs', $1, 'active', now())",
      [JSON.stringify({ importId: id })],
    )
    await takeOverJobs(db)
    const done = await eventually(
      () => db.prisma.costImport.findUniqueOrThrow({ where: { id } }),
      (row) => row.status !== 'running',
    )
    expect(done).toMatchObject({ status: 'completed', rowsAccepted: 1000n })
  })
})
