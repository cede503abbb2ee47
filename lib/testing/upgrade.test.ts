import { createHash, randomUUID } from 'node:crypto'
import { copyFileSync, writeFileSync } from 'node:fs'
import type { PGlite } from '@electric-sql/pglite'
import { describe, expect, it } from 'vitest'
import { GET as getCatalogue } from '@/app/api/v1/catalogue/route'
import { GET as getRejected } from '@/app/api/v1/cost-imports/[id]/rejected/route'
import { POST as rollBack } from '@/app/api/v1/cost-imports/[id]/rollback/route'
import { GET as listImports } from '@/app/api/v1/cost-imports/route'
import { GET as getDefinition } from '@/app/api/v1/costformation/route'
import { GET as getVersions } from '@/app/api/v1/costformation/versions/route'
import { GET as getCosts } from '@/app/api/v1/costs/route'
import { GET as getDimensions } from '@/app/api/v1/dimensions/route'
import type { CostImport } from '../contract/costs'
import { listMigrations } from '../db/migrate'
import { dataPath } from '../env'
import { focusCsv, importBill, postBill, whenDone } from './bills'
import { call, eventually, useWorkspace } from './workspace'

const [AUGUST, SEPTEMBER, REPLACED, FAILED, CANCELLED, WAITING] = Array.from({ length: 6 }, () => randomUUID())
const BILL = focusCsv([{ BilledCost: '20', EffectiveCost: '20' }])
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const YAML = `Dimensions:
  Service:
    Rules:
      - Type: GroupBy
        Source: Service
`

/** Its cost lines. They stand before the workers start, as they would. */
async function fillWarehouse(): Promise<void> {
  const { warehouse } = await import('../warehouse/client')
  const line = (importId: string | undefined, month: string, cost: string) => ({
    ImportId: importId,
    BillingMonth: month,
    BillingPeriodStart: `${month} 00:00:00`,
    BillingPeriodEnd: `${month.slice(0, 8)}28 00:00:00`,
    ChargePeriodStart: `${month} 00:00:00`,
    ChargePeriodEnd: `${month} 01:00:00`,
    BillingCurrency: 'USD',
    BilledCost: cost,
    EffectiveCost: cost,
    ServiceName: 'Amazon RDS',
    Tags: { team: 'search' },
  })
  const rows = [
    line(AUGUST, '2024-07-01', '1'),
    line(AUGUST, '2024-08-01', '2.000000000000000001'),
    line(AUGUST, '2024-08-01', '3'),
    line(SEPTEMBER, '2024-09-01', '10'),
    // Left by an import that was replaced: counts no more.
    line(REPLACED, '2024-09-01', '1000'),
  ]
  await (await warehouse()).insert({ table: 'cost_lines', rows })
}

/** A database as the first version left it: bills of two months that count, and imports that never did. */
async function seed(postgres: PGlite): Promise<void> {
  const [first] = await listMigrations()
  if (!first) throw new Error('there is no migration')
  await postgres.exec(
    'CREATE TABLE schema_migration (name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
  )
  await postgres.exec(first.sql)
  await postgres.query('INSERT INTO schema_migration (name, checksum) VALUES ($1, $2)', [first.name, sha256(first.sql)])
  const add = (
    id: string | undefined,
    row: { status: string; format?: string; rows?: number; at: number; sha?: string },
  ) =>
    postgres.query(
      `INSERT INTO cost_import (id, source, format, "fileName", path, sha256, bytes, status, "bytesRead", "rowsRead", "rowsAccepted", "rowsRejected", error, warnings, "createdBy", "createdAt", "startedAt", "finishedAt", attempt)
       VALUES ($1, 'aws', $2, 'bill.csv', $3, $4, 1000, $5, 1000, $6, $6, 0, $7, ARRAY['no ListCost'], 'Ann', $8, $8, $8, 1)`,
      [
        id,
        row.format ?? 'focus',
        `imports/${id}/source`,
        row.sha ?? sha256(String(id)),
        row.status,
        row.rows ?? 0,
        row.status === 'failed' ? 'The file ends within quotes.' : null,
        new Date(Date.UTC(2024, 9, row.at)).toISOString().slice(0, 19),
      ],
    )
  await add(REPLACED, { status: 'completed', rows: 5, at: 1 })
  await add(AUGUST, { status: 'completed', rows: 3, at: 2 })
  await add(SEPTEMBER, { status: 'completed', rows: 1, at: 3, sha: sha256(BILL) })
  await add(FAILED, { status: 'failed', at: 4 })
  await add(CANCELLED, { status: 'cancelled', at: 5 })
  await add(WAITING, { status: 'queued', format: 'auto', at: 6 })
  const pointers = `INSERT INTO cost_period (source, month, "importId", rows) VALUES ('aws', $1, $2, $3)`
  await postgres.query(pointers, ['2024-08-01', AUGUST, 2])
  await postgres.query(pointers, ['2024-07-01', AUGUST, 1])
  await postgres.query(pointers, ['2024-09-01', SEPTEMBER, 1])
  await postgres.query(
    `INSERT INTO cost_import_error ("importId", line, "column", value, reason) VALUES ($1, 7, 'BilledCost', 'x', 'is not a decimal number')`,
    [FAILED],
  )
  await postgres.exec(`INSERT INTO allocation_run (reason, "definitionVersion", status, days, "daysDone") VALUES ('save', 1, 'completed', 1, 1);
    INSERT INTO allocation_pointer ("dimensionId", day, "runId") VALUES ('Split', '2024-08-01', 1);
    INSERT INTO stale_day (day) VALUES ('2024-08-02')`)
  await postgres.query(`INSERT INTO costformation_version (yaml, author) VALUES ($1, 'Ann')`, [YAML])
  await fillWarehouse()
}

const total = async () => {
  const { body, text, status } = await call(
    getCosts,
    '/x?from=2024-07-01&to=2024-10-01&granularity=total&metric=BilledCost',
  )
  expect(status, text).toBe(200)
  return body.total
}

describe('a workspace of the first version', () => {
  useWorkspace({ seed })

  it('counts what counted, before and after it is added up by day', async () => {
    expect(await total()).toBe('16.000000000000000001')
    const { currentDigest } = await import('../costs/digest/read')
    await eventually(currentDigest, ({ days }) => days !== null)
    expect(await total()).toBe('16.000000000000000001')
    const { body } = await call(getCatalogue, '/x')
    expect(body).toMatchObject({ first_day: '2024-07-01', lines: 4 })
    expect((body.keys as { key: string }[]).map(({ key }) => key)).toContain('tag:team')
  })

  it('lists every import, each with the months that it holds', async () => {
    const { body, status, text } = await call(listImports, '/x')
    expect(status, text).toBe(200)
    const imports = new Map((body.imports as CostImport[]).map((one) => [one.id, one]))
    expect(imports.size).toBe(6)
    expect(imports.get(AUGUST ?? '')).toMatchObject({
      status: 'completed',
      format: 'focus',
      mode: 'replace',
      files: [{ file_name: 'bill.csv', bytes: 1000 }],
      rows_accepted: 3,
      warnings: ['no ListCost'],
      periods: [
        { month: '2024-07', rows: 1 },
        { month: '2024-08', rows: 2 },
      ],
    })
    expect(imports.get(SEPTEMBER ?? '')).toMatchObject({ periods: [{ month: '2024-09', rows: 1 }], can_restore: false })
    expect(imports.get(REPLACED ?? '')).toMatchObject({ periods: [], months: [], can_roll_back: false })
    expect(imports.get(FAILED ?? '')).toMatchObject({
      status: 'failed',
      error: 'The file ends within quotes.',
      rejections: [{ file: 0, line: 7, column: 'BilledCost', value: 'x', reason: 'is not a decimal number' }],
    })
    expect(imports.get(CANCELLED ?? '')?.status).toBe('cancelled')
    const rejected = await call(getRejected, '/x', { params: { id: FAILED ?? '' } })
    expect([200, 404], rejected.text).toContain(rejected.status)
  })

  it('keeps its definition', async () => {
    expect((await call(getDefinition, '/x')).text).toBe(YAML)
    expect((await call(getVersions, '/x')).body).toMatchObject({ versions: [{ version: 1, restored_from: null }] })
    expect((await call(getDimensions, '/x')).body).toMatchObject({ dimensions: [{ id: 'Service' }] })
  })

  it('takes up what waited', async () => {
    const id = WAITING ?? ''
    const { database } = await import('../db/client')
    const { enqueue, wake } = await import('../jobs/queue')
    copyFileSync('public/example/focus-1.0-sample.csv', dataPath('imports', id, 'source'))
    const { prisma } = await database()
    await prisma.costImport.update({ where: { id }, data: { source: 'waited' } })
    await prisma.$transaction((tx) => enqueue({ tx, name: 'import-costs', data: { importId: id } }))
    await wake('import-costs')
    expect(await whenDone(id)).toMatchObject({ status: 'completed', format: 'focus', rows_accepted: 1000 })
    const { body } = await call(rollBack, '/x', { method: 'POST', params: { id } })
    expect(body).toMatchObject({ periods: [], can_restore: true })
    expect(await total()).toBe('16.000000000000000001')
  })

  it('refuses to add what counts already, replaces a month, and brings the old bill back', async () => {
    writeFileSync(dataPath('imports', SEPTEMBER ?? '', 'source'), BILL)
    const again = await postBill(BILL, { source: 'aws', query: { mode: 'append' } })
    expect(again.status, again.text).toBe(409)
    const next = focusCsv([{ BilledCost: '7', EffectiveCost: '7' }])
    const done = await importBill(next, { source: 'aws' })
    expect(done, done.error ?? '').toMatchObject({ status: 'completed', can_roll_back: true })
    expect(done.after_rollback).toEqual([{ month: '2024-09', imports: [SEPTEMBER] }])
    expect(await total()).toBe('13.000000000000000001')
    await call(rollBack, '/x', { method: 'POST', params: { id: done.id } })
    expect(await total()).toBe('16.000000000000000001')
  })
})
