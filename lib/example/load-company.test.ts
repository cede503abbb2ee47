import { beforeAll, describe, expect, it, vi } from 'vitest'
import { GET as getAllocations } from '@/app/api/v1/allocations/[dimension]/route'
import { GET as getImports } from '@/app/api/v1/cost-imports/route'
import { PUT as putDefinition } from '@/app/api/v1/costformation/route'
import { GET as getCosts } from '@/app/api/v1/costs/route'
import { GET as getStreams } from '@/app/api/v1/streams/route'
import { currentDefinition } from '../definitions/current'
import { call, eventually, useWorkspace } from '../testing/workspace'
import { EXAMPLE_DEFINITIONS } from './definitions'
import { COMPANY_SOURCE, loadCompany } from './load-company'

type Row = Record<string, string>

const JUNE = 'from=2024-06-01&to=2024-07-01&granularity=total'
/** As the example's, but one month, and smaller. */
const BILL = ['--lines', '40000', '--start', '2024-06', '--months', '1']
const SECONDS = 200

async function allocated(dimension: string) {
  const { body } = await eventually(
    () => call(getAllocations, `/api/v1/allocations/x?${JUNE}`, { params: { dimension } }),
    (answer) => answer.body.up_to_date === true,
    SECONDS,
  )
  return body as { totals: { cost: string; allocated: string; unallocated: string }; rows: Row[] }
}
const importsOf = async () =>
  ((await call(getImports, '/api/v1/cost-imports')).body.imports as Row[]).filter(
    ({ source }) => source === COMPANY_SOURCE,
  )
const streams = async () => (await call(getStreams, '/api/v1/streams')).body.streams as Row[]

describe('the example company', () => {
  vi.setConfig({ testTimeout: SECONDS * 1000, hookTimeout: 2 * SECONDS * 1000 })
  useWorkspace()

  beforeAll(async () => {
    await call(putDefinition, '/api/v1/costformation', { method: 'PUT', body: EXAMPLE_DEFINITIONS })
    await loadCompany({ createdBy: 'test', bill: BILL })
    await eventually(importsOf, ([first]) => first?.status === 'completed', SECONDS)
    await eventually(streams, (all) => all.every(({ status }) => status === 'Available'), SECONDS)
  })

  it('brings a bill without a bad row, its telemetry and its dimensions', async () => {
    expect(await importsOf()).toMatchObject([{ rows_accepted: 40_000, rows_rejected: 0 }])
    expect(await streams()).toHaveLength(7)
    expect((await currentDefinition()).version).toBe(2)
  })

  it('splits its pools, leaves the days without telemetry unallocated, and loses nothing', async () => {
    const orders = await allocated('OrdersDatabase')
    expect(orders.rows.filter(({ element }) => element).length).toBeGreaterThanOrEqual(100)
    expect(Number(orders.totals.unallocated)).toBeGreaterThan(0)
    const lines = await allocated('ProductLine')
    const costs = await call(getCosts, `/api/v1/costs?${JUNE}`)
    expect(lines.totals.cost).toBe(costs.body.total)
    const products = lines.rows.map(({ element }) => element)
    expect(products).toEqual(expect.arrayContaining(['checkout', 'messaging', 'payouts']))
  })

  it('has nothing in the pool of the small bill', async () => {
    expect((await allocated('SplitDataLake')).totals.cost).toBe('0')
  })

  it('changes nothing the second time', async () => {
    await loadCompany({ createdBy: 'test', bill: BILL })
    expect(await importsOf()).toHaveLength(1)
    expect((await currentDefinition()).version).toBe(2)
    expect((await streams()).every(({ status }) => status === 'Available')).toBe(true)
  })
})
