import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { POST as rollBack } from '@/app/api/v1/cost-imports/[id]/rollback/route'
import { POST as undo } from '@/app/api/v1/streams/[name]/batches/[id]/undo/route'
import { sqlString } from '../costformation/sql-literal'
import { database } from '../db/client'
import { wake } from '../jobs/queue'
import { cellsInForce } from '../runs/cells-in-force'
import { allCostDays, markStale } from '../runs/stale-days'
import { warehouse } from '../warehouse/client'
import { db, importLines, type LabLine, loadBill, saveYaml, send, settled } from './allocation-lab'
import { call, useWorkspace } from './workspace'

const DAY = '2024-09-03'
const KEYED = { 'custom:Pool': 'Base' }
const PLAIN = { service: 'db' }

const yamlOf = ({ pool = 'Equals: db', split = '', keyed = '', more = '', rate = '', stream = 'plain' } = {}) => `
Dimensions:
  Pool:
    Name: Pool
    Rules:
      - {Type: Group, Name: Base, Conditions: [{Source: Service, ${pool}}]}
  Split:
    Type: Allocation
    AllocateByStreams: {Streams: [${stream}${more}]${rate}}
${split}
  Keyed:
    Type: Allocation
    AllocateByStreams: {Streams: [keyed]}
${keyed}`
const BASE = yamlOf()

const LINES: LabLine[] = ['2024-09-02', DAY, '2024-09-04'].flatMap((day) => [
  db(day, '10'),
  db(day, '-2', { category: 'Credit' }),
  { at: day, cost: '5', service: 'web' },
])

async function undoBatch(name: string, id: number): Promise<void> {
  const undone = await call(undo, '/x', { method: 'POST', params: { name, id: String(id) } })
  expect(undone.status, undone.text).toBe(200)
}

const costRow = z.object({ cost: z.string().nullable() })

/** Cost in the cells of a dimension that are in force on the day. */
async function costOf(dimension: string): Promise<string> {
  await settled()
  const { table, condition } = await cellsInForce()
  const { query } = await warehouse()
  const [row] = await query({
    query: `SELECT toString(sum(EffectiveCost)) AS cost FROM ${table} WHERE dimension_id = '${dimension}' AND ${condition(dimension)} AND day = '${DAY}'`,
    schema: costRow,
  })
  return row?.cost ?? '0'
}

describe('a pool that is kept', () => {
  useWorkspace()

  beforeAll(async () => {
    await loadBill(LINES)
    await send('plain', 'DAILY', [[DAY, 'A', 1, PLAIN]])
    await send('keyed', 'DAILY', [[DAY, 'A', 1, KEYED]])
    await saveYaml(BASE)
    await settled()
  })

  /** The cost that a change finds on the day, after its lines were taken away behind the product's back. */
  async function found(dimension: string, change: () => Promise<unknown>): Promise<string> {
    await saveYaml(BASE)
    await loadBill(LINES)
    await settled()
    const { command } = await warehouse()
    await command({
      query: `ALTER TABLE cost_lines DELETE WHERE toDate(ChargePeriodStart) = '${DAY}' SETTINGS mutations_sync = 2`,
    })
    await change()
    return costOf(dimension)
  }
  const touch = () => send('plain', 'DAILY', [[DAY, 'A', 1, PLAIN]])

  it.each<[string, string, () => Promise<unknown>]>([
    ['a record', 'Split', touch],
    ['a record of an element that is new', 'Split', () => send('plain', 'DAILY', [[DAY, 'B', 1, PLAIN]])],
    ['what is outside of the pool', 'Split', () => saveYaml(yamlOf({ split: '    DefaultValue: Other' }))],
    ['a gap policy', 'Split', () => saveYaml(yamlOf({ split: '    Gaps: {Carry: 3}' }))],
    ['a limit', 'Split', () => saveYaml(yamlOf({ split: '    Elements: {A: {Cap: {Percent: 10}}}' }))],
    ['a window', 'Split', () => saveYaml(yamlOf({ split: '    Window: {LastDays: 2}' }))],
    ['pools that hand on to each other', 'Keyed', () => saveYaml(yamlOf({ keyed: '    Mutual: Direct' }))],
    [
      'a dimension that its filters do not ask',
      'Split',
      async () => {
        await saveYaml(yamlOf({ pool: 'Contains: d' }))
        await touch()
      },
    ],
    [
      'a bill of another day',
      'Split',
      async () => {
        await importLines([db('2024-09-09', '1')], 'another')
        await touch()
      },
    ],
  ])('is not read again for %s', { timeout: 120_000 }, async (_, dimension, change) => {
    expect(await found(dimension, change)).toBe('8')
  })

  it.each<[string, string, () => Promise<unknown>]>([
    ['a filter that is new', 'Split', () => send('plain', 'DAILY', [['2024-08-01', 'A', 1, { service: 'web' }]])],
    ['the meaning of a dimension that its filters ask', 'Keyed', () => saveYaml(yamlOf({ pool: 'Contains: d' }))],
    [
      'lines that are set apart',
      'Split',
      () => saveYaml(yamlOf({ split: '    SetApart: [{Source: LineItemType, Equals: Credit}]' })),
    ],
    ['a bill with lines of the day', 'Split', () => importLines([db(DAY, '0')], 'third')],
    ['a rate', 'Split', () => saveYaml(yamlOf({ rate: ', Rate: {Type: Fixed, Value: 1, DefaultElement: Rest}' }))],
    [
      'another stream',
      'Split',
      async () => {
        await send('more', 'DAILY', [[DAY, 'A', 1, { service: 'db', account: 'x' }]])
        await saveYaml(yamlOf({ more: ', more' }))
      },
    ],
  ])('is read again for %s', { timeout: 120_000 }, async (_, dimension, change) => {
    expect(await found(dimension, change)).toBe('0')
  })

  const cellRow = z.looseObject({ sums: z.array(z.string()), wide_sums: z.array(z.string()) })

  /** Every cell in force. Weights are told by their ratio alone: a run takes as large a unit as its records allow. */
  async function cells(): Promise<string[]> {
    await settled()
    const { table, condition } = await cellsInForce()
    const { query } = await warehouse()
    const found: string[] = []
    for (const id of ['Split', 'Keyed', 'Handed', 'Capped', 'Over']) {
      const rows = await query({
        query: `SELECT * EXCEPT run_id FROM ${table} WHERE dimension_id = ${sqlString(id)} AND ${condition(id)}`,
        schema: cellRow,
      })
      for (const { sums, wide_sums: wide, ...row } of rows) {
        const weights = (sums.length > 0 ? sums : wide).map(BigInt)
        const unit = weights.reduce(gcd, 0n) || 1n
        found.push(JSON.stringify([row, weights.map((weight) => String(weight / unit))]))
      }
    }
    return found.sort()
  }

  /** The same when nothing is known of the pools. */
  async function cellsFromLines(): Promise<string[]> {
    const { prisma } = await database()
    await prisma.allocationPointer.updateMany({ data: { poolBasis: null } })
    const cause = { kind: 'bill' as const, source: 'x', import_id: 'x', by: 'x' }
    const days = await allCostDays()
    await prisma.$transaction((tx) => markStale({ tx, days, cause }))
    await wake('recompute-days')
    return cells()
  }

  const day = fc.integer({ min: 1, max: 5 }).map((number) => `2024-09-0${number}`)
  const filter = fc.constantFrom<Record<string, string[]>[]>(
    { service: ['db'] },
    { service: ['web'] },
    { service: ['db', 'web'] },
  )
  const value = fc.constantFrom('1', '0.25', '3', '0')
  const record = fc.tuple(day, fc.constantFrom('A', 'B', 'C'), value)
  const lines = fc.array(
    fc.record({
      at: day,
      cost: fc.constantFrom('7', '-1', '0.3'),
      service: fc.constantFrom('db', 'web'),
      category: fc.constantFrom('Usage', 'Credit'),
    }),
    { minLength: 1, maxLength: 3 },
  )
  const step = fc.oneof(
    fc.record({ do: fc.constant('record' as const), record, filter }),
    fc.record({
      do: fc.constant('keyed' as const),
      record,
      filter: fc.constant<Record<string, string[]>>({ 'custom:Pool': ['Base'] }),
    }),
    fc.record({ do: fc.constant('undo' as const) }),
    fc.record({
      do: fc.constant('define' as const),
      pool: fc.constantFrom('Equals: db', 'Contains: b', 'Equals: web'),
      split: fc.constantFrom(
        '',
        '    Gaps: {Carry: 3}',
        '    Gaps: Even',
        '    SetApart: [{Source: LineItemType, Equals: Credit}]',
      ),
    }),
    fc.record({ do: fc.constant('bill' as const), lines }),
    fc.record({ do: fc.constant('roll back' as const) }),
  )

  const others = (stream: string) => `
  Handed:
    Type: Allocation
    AllocateByStreams: {Streams: [${stream}]}
    Mutual: Direct
  Capped:
    Type: Allocation
    AllocateByStreams: {Streams: [${stream}]}
    Elements: {A: {Cap: {Amount: 3}}}
  Over:
    Type: Allocation
    AllocateByRules:
      AllocationMethod: {Method: Even}
      SpendToAllocate: {Source: "User:Defined:Split", Conditions: [{Equals: A}]}
      AcrossElements: {GroupBy: {Source: Service}}
`

  let systems = 0
  it('is what it would be if it were read again, whatever happens', { timeout: 900_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 8 }), async (steps) => {
        // A stream's filters stay: each system has one of its own.
        const stream = `random-${systems++}`
        await send(stream, 'DAILY', [[DAY, 'A', 1, PLAIN]])
        await loadBill(LINES)
        await saveYaml(yamlOf({ stream }) + others(stream))
        await settled()
        const batches: [string, number][] = []
        const imports: string[] = []
        for (const each of steps) {
          if (each.do === 'record' || each.do === 'keyed') {
            const name = each.do === 'keyed' ? 'keyed' : stream
            batches.push([name, await send(name, 'DAILY', [[...each.record, each.filter]])])
          } else if (each.do === 'undo') {
            const [name, id] = batches.pop() ?? []
            if (name !== undefined && id !== undefined) await undoBatch(name, id)
          } else if (each.do === 'define') {
            await saveYaml(yamlOf({ pool: each.pool, split: each.split, stream }) + others(stream))
          } else if (each.do === 'bill') {
            imports.push(await importLines(each.lines, 'random'))
          } else {
            const id = imports.pop()
            if (id !== undefined) await call(rollBack, '/x', { method: 'POST', params: { id } })
          }
          await settled()
        }
        const before = await cells()
        expect(before).toEqual(await cellsFromLines())
      }),
      { numRuns: 3 },
    )
  })
})

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b)
}
