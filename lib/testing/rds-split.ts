import { readFileSync } from 'node:fs'
import { Decimal } from 'decimal.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { GET as getExplanation } from '@/app/api/v1/allocations/[dimension]/explain/route'
import { GET as getAllocations } from '@/app/api/v1/allocations/[dimension]/route'
import { GET as getImport } from '@/app/api/v1/cost-imports/[id]/route'
import { POST as postImport } from '@/app/api/v1/cost-imports/route'
import { PUT as putDefinition } from '@/app/api/v1/costformation/route'
import { GET as getCosts } from '@/app/api/v1/costs/route'
import { POST as undo } from '@/app/api/v1/streams/[name]/batches/[id]/undo/route'
import { GET as getRecords } from '@/app/api/v1/streams/[name]/records/route'
import { GET as getStream } from '@/app/api/v1/streams/[name]/route'
import { POST as deleteRecords } from '@/app/unit-cost/v1/telemetry/allocation/[stream]/delete/route'
import { POST as replaceRecords } from '@/app/unit-cost/v1/telemetry/allocation/[stream]/replace/route'
import { POST as sumRecords } from '@/app/unit-cost/v1/telemetry/allocation/[stream]/sum/route'
import { EXAMPLE_DEFINITIONS } from '@/lib/example/definitions'
import { call, eventually, useWorkspace, type WorkspaceOptions } from './workspace'

const STREAM = 'rds-writes-by-product'
const POOL = '0.7532270852'
const params = { stream: STREAM }
const september = Array.from({ length: 30 }, (_, index) => `2024-09-${String(index + 1).padStart(2, '0')}`)

function records(days: readonly string[], values: Record<string, number> = { Email: 100045, Messaging: 1000600 }) {
  return days.flatMap((day) =>
    Object.entries(values).map(([element_name, value]) => ({
      timestamp: `${day}T00:00:00Z`,
      granularity: 'DAILY',
      filter: { 'custom:Shared RDS': ['Shared Data Lake'] },
      element_name,
      value,
    })),
  )
}

const send = (route: typeof sumRecords, body: unknown) =>
  call(route, `/unit-cost/v1/telemetry/allocation/${STREAM}/x`, { method: 'POST', params, body: JSON.stringify(body) })

const available = () =>
  eventually(
    () => call(getStream, `/api/v1/streams/${STREAM}`, { params: { name: STREAM } }),
    ({ body }) => body.status === 'Available',
  )

async function allocations(
  dimension = 'Split Data Lake',
  query = 'from=2024-09-01&to=2024-10-01&granularity=total&metric=BilledCost',
) {
  const { status, body } = await call(getAllocations, `/api/v1/allocations/x?${query}`, { params: { dimension } })
  expect(status, JSON.stringify(body)).toBe(200)
  const rows = body.rows as { period: string; element: string; amount: string }[]
  const totals = body.totals as { cost: string; allocated: string; unallocated: string }
  const amountOf = (element: string) =>
    rows.filter((row) => row.element === element).reduce((sum, row) => sum.plus(row.amount), new Decimal(0))
  return { body, rows, totals, amountOf }
}

/** The slice from the bill to the split, on whichever PostgreSQL the workspace has. */
export function describeRdsSplit(title: string, options: WorkspaceOptions = {}): void {
  describe(title, () => {
    useWorkspace(options)

    beforeAll(async () => {
      const bill = readFileSync('public/example/focus-1.0-sample.csv')
      const accepted = await call(postImport, '/api/v1/cost-imports?format=auto&source=sample', {
        method: 'POST',
        body: bill,
      })
      expect(accepted.status, accepted.text).toBe(202)
      const id = String(accepted.body.id)
      const done = await eventually(
        () => call(getImport, `/api/v1/cost-imports/${id}`, { params: { id } }),
        ({ body }) => body.status === 'completed' || body.status === 'failed',
      )
      expect(done.body).toMatchObject({ status: 'completed', rows_read: 1000, rows_accepted: 1000, rows_rejected: 0 })
      const saved = await call(putDefinition, '/api/v1/costformation', { method: 'PUT', body: EXAMPLE_DEFINITIONS })
      expect(saved.status, saved.text).toBe(200)
      const first = await send(sumRecords, { records: records(['2020-01-25']) })
      expect(first.status, first.text).toBe(200)
      await send(sumRecords, { records: records(september) })
      await available()
    })

    it('keeps every digit of the bill', async () => {
      const { body } = await call(
        getCosts,
        '/api/v1/costs?from=2024-09-01&to=2024-10-01&granularity=total&metric=BilledCost',
      )
      expect(body.total).toBe('20.52022672899')
    })

    it('gives records back in UTC, whatever the zone of the database', async () => {
      const { body } = await call(getRecords, `/api/v1/streams/${STREAM}/records?from=2024-09-21&to=2024-09-22`, {
        params: { name: STREAM },
      })
      const found = body.records as { timestamp: string }[]
      expect(found.map((record) => record.timestamp)).toEqual(['2024-09-21T00:00:00Z', '2024-09-21T00:00:00Z'])
    })

    it('splits the pool by writes, and nothing is lost or made', async () => {
      const { totals, amountOf } = await allocations()
      expect(totals).toEqual({ cost: POOL, allocated: POOL, unallocated: '0' })
      expect(amountOf('Email').plus(amountOf('Messaging')).toFixed()).toBe(POOL)
      const share = amountOf('Email').div(POOL)
      expect(share.minus(new Decimal(100045).div(1100645)).abs().lt('1e-10')).toBe(true)
    })

    it('gives the shared cost on to a dimension that uses the split', async () => {
      const { totals, rows } = await allocations('Product')
      expect(totals.cost).toBe('20.52022672899')
      expect(rows.map((row) => row.element)).toEqual(['Email', 'Messaging', 'Other'])
    })

    it('explains an amount by parts that add up to it', async () => {
      const { amountOf } = await allocations()
      const { body, status, text } = await call(
        getExplanation,
        '/api/v1/allocations/x/explain?from=2024-09-01&to=2024-10-01&granularity=total&metric=BilledCost&element=Email',
        {
          params: { dimension: 'Split Data Lake' },
        },
      )
      expect(status, text).toBe(200)
      const parts = body.parts as { amount: string; arithmetic: string; records: unknown[] }[]
      const rest = body.rest as { amount: string }
      const sum = parts.reduce((total, part) => total.plus(part.amount), new Decimal(rest.amount))
      expect(sum.toFixed()).toBe(amountOf('Email').toFixed())
      expect(body.amount).toBe(amountOf('Email').toFixed())
      expect(parts[0]?.arithmetic.endsWith(`= ${parts[0]?.amount}`)).toBe(true)
      expect(parts[0]?.records).toHaveLength(2)
    })

    it('replace changes it, delete makes a day unallocated, and undoing that batch brings it back', async () => {
      const before = await allocations()
      await send(replaceRecords, { records: records(september, { Email: 1, Messaging: 1 }) })
      await available()
      const replaced = await allocations()
      expect(replaced.totals.cost).toBe(POOL)
      expect(replaced.amountOf('Email').gt(before.amountOf('Email'))).toBe(true)

      const deleted = await send(deleteRecords, { records: [{ timestamp: '2024-09-21', granularity: 'DAILY' }] })
      expect(deleted.status).toBe(201)
      await available()
      const without = await allocations()
      expect(without.totals.unallocated).toBe('0.4')
      expect(without.body.unallocated).toEqual([
        { period: '2024-09-01T00:00:00Z', reason: 'no_telemetry', amount: '0.4' },
      ])

      const id = String(deleted.body.batch_id)
      const undone = await call(undo, `/api/v1/streams/${STREAM}/batches/${id}/undo`, {
        method: 'POST',
        params: { name: STREAM, id },
      })
      expect(undone.status, undone.text).toBe(200)
      await available()
      expect((await allocations()).rows).toEqual(replaced.rows)
    })
  })
}
