import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { GET as getAllocations } from '@/app/api/v1/allocations/[dimension]/route'
import { PUT as putDefinition } from '@/app/api/v1/costformation/route'
import { GET as getCosts } from '@/app/api/v1/costs/route'
import { GET as getRun } from '@/app/api/v1/runs/[id]/route'
import { GET as getRuns } from '@/app/api/v1/runs/route'
import { POST as postCsv } from '@/app/api/v1/streams/[name]/csv/route'
import { GET as getStream } from '@/app/api/v1/streams/[name]/route'
import { POST as postMethods } from '@/app/api/v1/what-if/methods/route'
import { POST as postWhatIf } from '@/app/api/v1/what-if/route'
import type { AllocationsReport } from '../contract/allocations'
import type { AllocationRun, RunList } from '../contract/runs'
import type { MethodsReport, WhatIfReport } from '../contract/what-if'
import { database } from '../db/client'
import { sumDecimals } from '../decimal'
import { dropOldRuns } from '../runs/drop-old-runs'
import { tidyUp } from '../runs/tidy-up'
import { warehouse } from '../warehouse/client'
import { focusCsv, importBill } from './bills'
import { call, eventually, useWorkspace } from './workspace'

const day = (n: number) => `2024-09-0${n}`
const RANGE = { from: day(1), to: day(6) }
const METRIC = 'BilledCost'

/** Five days of a shared database and of what two teams have for themselves, and a service that nobody splits. */
const LINES = [1, 2, 3, 4, 5].flatMap((n) => {
  const period = { ChargePeriodStart: `${day(n)}T00:00:00Z`, ChargePeriodEnd: `${day(n + 1)}T00:00:00Z` }
  return [
    { ...period, BilledCost: '10.000000000001' },
    { ...period, BilledCost: '1.5', Tags: '{"env":"prod"}' },
    { ...period, BilledCost: '3', ServiceName: 'Compute', Tags: '{"team":"Email"}' },
    { ...period, BilledCost: '1', ServiceName: 'Compute', Tags: '{"team":"Chat"}' },
    { ...period, BilledCost: '0.25', ServiceName: 'Support' },
  ]
})
const POOL = '57.500000000005'
const TOTAL = '78.750000000005'

const definition = (split: string) => `Dimensions:
  Shared:
    Name: Shared
    Rules:
      - Type: Group
        Name: Pool
        Conditions:
          - Source: Service
            Equals: Amazon RDS
  Team:
    Name: Team
    DefaultValue: Nobody
    Rules:
      - Type: GroupBy
        Source: Tag:team
  Split:
    Type: Allocation
    Name: Split it
${split.replaceAll(/^/gm, '    ')}
`
const BY_WRITES = 'AllocateByStreams:\n  Streams: [writes]'
const BY_BOTH = 'AllocateByStreams:\n  Streams: [writes, reads]'

const csv = (rows: [day: number, element: string, value: number, pool?: string][]) =>
  `timestamp,granularity,element_name,value,custom:Shared\n${rows
    .map(([n, element, value, pool = 'Pool']) => `${day(n)}T00:00:00Z,DAILY,${element},${value},${pool}\n`)
    .join('')}`

const send = async (name: string, body: string) => {
  const sent = await call(postCsv, `/api/v1/streams/${name}/csv`, { method: 'POST', params: { name }, body })
  expect(sent.status, sent.text).toBe(200)
}

async function save(split: string) {
  const saved = await call(putDefinition, '/api/v1/costformation', { method: 'PUT', body: definition(split) })
  expect(saved.status, saved.text).toBe(200)
}

async function allocations(wanted: (report: AllocationsReport) => boolean = (report) => report.up_to_date) {
  const path = `/api/v1/allocations/Split?${new URLSearchParams({ ...RANGE, metric: METRIC, granularity: 'daily' })}`
  const { body } = await eventually(
    () => call(getAllocations, path, { params: { dimension: 'Split' } }),
    (answer) => answer.status === 200 && wanted(answer.body as unknown as AllocationsReport),
  )
  return body as unknown as AllocationsReport
}

/** By element, or by why there is none. */
function sums({ rows, unallocated }: Pick<AllocationsReport, 'rows' | 'unallocated'>): Record<string, string> {
  const found: Record<string, string[]> = {}
  for (const { element, amount } of rows) found[element] = [...(found[element] ?? []), amount]
  for (const { reason, amount } of unallocated) found[reason] = [...(found[reason] ?? []), amount]
  return Object.fromEntries(Object.entries(found).map(([name, amounts]) => [name, sumDecimals(amounts)]))
}

const column = (
  elements: readonly { element: string | null; reason: string | null }[],
  amountOf: (index: number) => string,
) =>
  Object.fromEntries(
    elements.flatMap(({ element, reason }, index) => {
      const amount = amountOf(index)
      return amount === '0' || reason === 'outside_the_pool' ? [] : [[element ?? reason, amount]]
    }),
  )

async function whatIf(asked: Record<string, unknown>, init: RequestInit = {}) {
  const body = JSON.stringify({ dimension: 'Split', ...RANGE, metric: METRIC, ...asked })
  return call(postWhatIf, '/api/v1/what-if', { method: 'POST', body, ...init })
}

async function whatIfReport(asked: Record<string, unknown>): Promise<WhatIfReport> {
  const answer = await whatIf(asked)
  expect(answer.status, answer.text).toBe(200)
  return answer.body as unknown as WhatIfReport
}

const first = <T>(list: readonly T[]): T => {
  const [found] = list
  if (found === undefined) throw new Error('the list is empty')
  return found
}

const countRow = z.object({ n: z.coerce.number() })
async function count(table: string, where = '1'): Promise<number> {
  const { query } = await warehouse()
  return first(await query({ query: `SELECT count() AS n FROM ${table} WHERE ${where}`, schema: countRow })).n
}

describe('what if and runs', () => {
  useWorkspace()

  beforeAll(async () => {
    await importBill(focusCsv(LINES))
    // Nothing on the third day, zero on the second.
    await send(
      'writes',
      csv([
        [1, 'Email', 1],
        [1, 'Chat', 3],
        [2, 'Email', 0],
        [4, 'Email', 5],
        [4, 'Email', 7, 'No such pool'],
        [5, 'Chat', 2],
        [6, 'Chat', 2],
      ]),
    )
    await send(
      'reads',
      csv([
        [3, 'Email', 1],
        [3, 'Chat', 1],
        [4, 'Chat', 9],
      ]),
    )
    await save(BY_WRITES)
    await allocations(({ totals }) => totals.cost === POOL)
    await allocations()
  })

  describe('what if', () => {
    it('keeps every digit: both sides are the whole cost', async () => {
      const report = await whatIfReport({ yaml: definition(BY_BOTH) })
      expect(report.total).toBe(TOTAL)
      for (const side of ['now', 'after'] as const)
        expect(sumDecimals(report.elements.map((row) => row[side]))).toBe(TOTAL)
      expect(report.totals.now).toMatchObject({ cost: POOL, unallocated: '23.000000000002' })
      expect(report.totals.after).toMatchObject({ cost: POOL, unallocated: '11.500000000001' })
      expect(await count('trial_cell')).toBe(0)
    })

    it.each([
      ['another stream after it', BY_BOTH],
      ['a name for what is outside', `DefaultValue: Not split\n${BY_WRITES}`],
      ['gaps that are filled', `${BY_WRITES}\nGaps: [{Carry: 2}, Even]`],
      ['weights and caps', `${BY_WRITES}\nElements:\n  Email: {Weight: 3}\n  Chat: {Cap: {Percent: 30}}`],
      ['lines set apart', `${BY_WRITES}\nSetApart:\n  - Source: Tag:env\n    Equals: prod`],
      [
        'a rule in its place',
        'AllocateByRules:\n  AllocationMethod: {Method: Proportional, Granularity: UsageMonthly}\n  SpendToAllocate:\n    Conditions:\n      - Source: Service\n        Equals: Amazon RDS\n  AcrossElements:\n    Source: Tag:team',
      ],
    ])('says beforehand what a saved definition says after: %s', async (_, split) => {
      const { elements } = await whatIfReport({ yaml: definition(split) })
      const before = column(elements, (index) => elements[index]?.after ?? '')
      await save(split)
      const { prisma } = await database()
      const latest = await prisma.costFormationVersion.count()
      const after = await allocations((report) => report.up_to_date && report.definition_version === latest)
      expect(before).toEqual(sums(after))
      await save(BY_WRITES)
      await allocations((report) => report.up_to_date && report.totals.unallocated === '23.000000000002')
    })

    it('asks about a dimension that no split reaches as well', async () => {
      const yaml = definition(BY_WRITES).replace('DefaultValue: Nobody', 'DefaultValue: Others')
      const { elements, totals } = await whatIfReport({ yaml, dimension: 'Team' })
      expect(elements.map(({ element, now, after }) => [element, now, after])).toEqual([
        ['Nobody', '58.750000000005', '0'],
        ['Others', '0', '58.750000000005'],
        ['Email', '15', '15'],
        ['Chat', '5', '5'],
      ])
      expect(totals.now.cost).toBe(TOTAL)
    })

    it('refuses what it cannot do, and ends when nobody waits', async () => {
      expect((await whatIf({})).status).toBe(400)
      expect((await whatIf({ yaml: 'Dimensions: [' })).status).toBe(422)
      expect((await whatIf({ method: { type: 'even' }, dimension: 'Team' })).status).toBe(422)
      expect((await whatIf({ method: { type: 'even' }, dimension: 'Spl' })).status).toBe(404)
      expect((await whatIf({ method: { type: 'even' }, from: '2024-09-01T05:00:00Z' })).status).toBe(400)
      const gone = await whatIf({ yaml: definition(BY_BOTH) }, { signal: AbortSignal.abort() })
      expect(gone.status).toBe(503)
      expect(await count('trial_cell')).toBe(0)
    })
  })

  describe('methods side by side', () => {
    const compare = async (asked: Record<string, unknown> = {}, init: RequestInit = {}) => {
      const body = JSON.stringify({ dimension: 'Split', ...RANGE, metric: METRIC, ...asked })
      const answer = await call(postMethods, '/api/v1/what-if/methods', { method: 'POST', body, ...init })
      expect(answer.status, answer.text).toBe(200)
      return answer
    }

    it('splits one pool by each, and every column is the pool', async () => {
      const report = (await compare({ across: 'Team' })).body as unknown as MethodsReport
      expect(report.total).toBe(POOL)
      expect(report.columns.map(({ method }) => method?.type ?? 'now')).toEqual([
        'now',
        'even',
        'proportional',
        'stream',
      ])
      for (const [index, { totals }] of report.columns.entries()) {
        expect(totals?.cost).toBe(POOL)
        expect(sumDecimals(report.elements.map(({ amounts }) => amounts[index] ?? '0'))).toBe(POOL)
      }
      const of = (index: number) => column(report.elements, (row) => report.elements[row]?.amounts[index] ?? '0')
      // 2.5 of 11.500000000001 a day, rounded line by line.
      expect(of(1)).toEqual({ Email: expect.stringMatching(/^28\.75/), Chat: expect.stringMatching(/^28\.75/) })
      // Team's own cost is 3 to 1; whom DefaultValue stands for takes no part.
      expect(of(2)).toEqual({ Email: expect.stringMatching(/^43\.125/), Chat: expect.stringMatching(/^14\.37/) })
      expect(of(3)).toEqual({
        Email: expect.stringMatching(/^5\.75/),
        Chat: expect.stringMatching(/^17\.25/),
        no_telemetry: '34.500000000003',
      })
      expect(report.dimensions.map(({ id }) => id)).toEqual(['Shared', 'Team'])
    })

    it('fixes the shares of as much time before', async () => {
      const { body } = await compare({ from: day(5), to: day(6), methods: [{ type: 'fixed' }] })
      const { elements } = body as unknown as MethodsReport
      expect(column(elements, (row) => elements[row]?.amounts[1] ?? '0')).toEqual({ Email: '11.500000000001' })
      expect(column(elements, (row) => elements[row]?.amounts[0] ?? '0')).toEqual({ Chat: '11.500000000001' })
    })

    it('tries a stream that tells lines apart by other keys, over the same pool', async () => {
      const rows = [1, 2, 3].map((n) => `${day(n)}T00:00:00Z,DAILY,Email,1,prod\n`).join('')
      await send('by-env', `timestamp,granularity,element_name,value,tag:env\n${rows}`)
      await eventually(
        () => call(getStream, '/api/v1/streams/by-env', { params: { name: 'by-env' } }),
        ({ body }) => body.status === 'Available',
      )
      const report = (
        await compare({
          methods: [
            { type: 'stream', stream: 'by-env' },
            { type: 'stream', stream: 'nowhere' },
          ],
        })
      ).body as unknown as MethodsReport
      expect(column(report.elements, (row) => report.elements[row]?.amounts[1] ?? '0')).toEqual({
        Email: '4.5',
        no_telemetry: '53.000000000005',
      })
      expect(report.columns[2]).toMatchObject({ totals: null, error: expect.stringContaining('nowhere') })
    })

    it('comes as CSV too', async () => {
      const { text } = await compare(
        { methods: [{ type: 'fixed', weights: { '=Email': '1' } }] },
        { headers: { accept: 'text/csv' } },
      )
      expect(text.split('\r\n')[0]).toContain('Now (BilledCost, USD)')
      expect(text).toContain(`'=Email,element,0,${POOL}`)
    })
  })

  describe('runs', () => {
    const list = async (query = '') => (await call(getRuns, `/api/v1/runs?${query}`)).body as unknown as RunList

    it('are listed with what made them necessary and what they changed, page by page', async () => {
      const { runs, total, next_before } = await list('limit=2')
      expect(runs).toHaveLength(2)
      expect(next_before).toBe(runs[1]?.id)
      expect((await list(`limit=200&before=${next_before}`)).runs).toHaveLength(total - 2)
      const all = (await list('limit=200')).runs
      const saved = all.find(({ causes }) => causes.some((cause) => cause.kind === 'definition' && cause.version === 2))
      expect(saved).toMatchObject({ status: 'completed', definition_version: 2, days: 5, days_done: 5 })
      expect(saved?.changes).toContainEqual(expect.objectContaining({ dimension_id: 'Split', currency: 'USD' }))
      const one = await call(getRun, `/api/v1/runs/${saved?.id}`, { params: { id: String(saved?.id) } })
      expect(one.body).toEqual(saved)
      expect((await call(getRun, '/api/v1/runs/9999', { params: { id: '9999' } })).status).toBe(404)
      expect((await call(getRun, '/api/v1/runs/x', { params: { id: 'x' } })).status).toBe(400)
    })

    it('say on each amount which gap policy stepped in', async () => {
      await save(`${BY_WRITES}\nGaps: [{Carry: 1}, Even]`)
      const report = await allocations(({ up_to_date, totals }) => up_to_date && totals.unallocated === '0')
      const gaps = Object.fromEntries(report.rows.map((row) => [row.period.slice(0, 10), row.gaps]))
      expect(gaps).toEqual({ [day(2)]: ['carry'], [day(3)]: ['even'] })
      const grouped = await call(
        getAllocations,
        `/api/v1/allocations/Split?from=${day(2)}&to=${day(4)}&granularity=total&metric=${METRIC}&group_by=service`,
        { params: { dimension: 'Split' } },
      )
      expect(grouped.body.rows).toContainEqual(expect.objectContaining({ element: 'Chat', gaps: ['carry', 'even'] }))
    })

    it('that fail leave the last good one in force, and the reports say so', async () => {
      const good = await allocations()
      // A pool that hands on to itself alone has no solution.
      await send('loop', csv([[1, 'Pool', 1]]))
      await eventually(
        () => call(getStream, '/api/v1/streams/loop', { params: { name: 'loop' } }),
        ({ body }) => body.status === 'Available',
      )
      await save('AllocateByStreams:\n  Streams: [loop]\nMutual: Reciprocal')
      const failed = await allocations((report) => report.failure !== null)
      expect(failed.up_to_date).toBe(false)
      expect(failed.failure?.error).toContain('Pool')
      expect(sums(failed)).toEqual(sums(good))
      const costs = (group: string) =>
        call(getCosts, `/api/v1/costs?${new URLSearchParams({ ...RANGE, metric: METRIC, group_by: group })}`)
      expect((await costs('custom:Split it')).body).toMatchObject({
        up_to_date: false,
        failure: { error: expect.any(String) },
      })
      expect((await costs('service')).body).toMatchObject({ up_to_date: true, failure: null })
      expect((await list('status=failed')).runs.length).toBeGreaterThan(0)

      await save(BY_WRITES)
      const mended = await allocations()
      expect(mended.failure).toBeNull()
    })

    it('leave no rows behind that nobody reads', async () => {
      const before = await allocations()
      const { prisma } = await database()
      const runs = await prisma.allocationRun.count()
      expect(await dropOldRuns()).toBe(true)
      expect(await count('allocation_cell', 'run_id = 1')).toBeGreaterThanOrEqual(0)
      await dropOldRuns({ graceSeconds: -60 })
      const pointers = await prisma.allocationPointer.findMany()
      const ids = [...new Set(pointers.map(({ runId }) => runId))]
      for (const table of ['allocation_cell', 'allocation_result', 'rule_value', 'pool_weight']) {
        expect(await count(table, `run_id NOT IN (${ids.join(', ')})`), table).toBe(0)
      }
      expect(await allocations()).toEqual(before)
      expect(await prisma.allocationRun.count()).toBe(runs)
    })

    it('that a crash cut off are told so at the next start, and what was tried out goes', async () => {
      const { command } = await warehouse()
      const columns =
        'run_id, dimension_id, day, period_start, period_end, currency, keys, lines, BilledCost, EffectiveCost, ListCost, ContractedCost, ConsumedQuantity, PricingQuantity, driver, gap, reason, records, elements, sums, wide_sums'
      await command({
        query: `INSERT INTO trial_cell (${columns}) SELECT 4000000000, ${columns.slice('run_id, '.length)} FROM allocation_cell LIMIT 1`,
      })
      expect(await count('trial_cell')).toBe(1)
      const { prisma } = await database()
      const { id } = await prisma.allocationRun.create({ data: { reason: 'test', definitionVersion: 1 } })
      await tidyUp()
      expect(await count('trial_cell')).toBe(0)
      const { body } = await call(getRun, `/api/v1/runs/${id}`, { params: { id: String(id) } })
      expect((body as unknown as AllocationRun).status).toBe('stopped')
    })
  })
})
