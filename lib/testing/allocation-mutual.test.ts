import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { POST as postMethods } from '@/app/api/v1/what-if/methods/route'
import type { MethodsReport } from '../contract/what-if'
import { database } from '../db/client'
import { toUnits } from '../units'
import {
  ask,
  byStreams,
  DAY,
  type LabLine,
  type LabRecord,
  load,
  loadBill,
  saveYaml,
  send,
  settled,
  split,
  stream,
} from './allocation-lab'
import { call, eventually, useWorkspace } from './workspace'

const sumUnits = (amounts: readonly string[]) => amounts.reduce((sum, amount) => sum + toUnits(amount), 0n)

describe('mutual services', () => {
  useWorkspace()

  const pair = (at = DAY): LabRecord[] => [
    [at, 'Monitoring', 50, { 'custom:Pool': 'Platform' }],
    [at, 'Email', 30, { 'custom:Pool': 'Platform' }],
    [at, 'Messaging', 20, { 'custom:Pool': 'Platform' }],
    [at, 'Platform', 20, { 'custom:Pool': 'Monitoring' }],
    [at, 'Email', 20, { 'custom:Pool': 'Monitoring' }],
    [at, 'Messaging', 60, { 'custom:Pool': 'Monitoring' }],
  ]
  const yaml = (name: string, more: string) => `${byStreams(name, '', more)}
  Pool: {Groups: {Platform: [{Source: Service, Equals: platform}], Monitoring: [{Source: Service, Equals: monitoring}]}}
`
  const lines: LabLine[] = [
    { at: DAY, cost: '100', service: 'platform' },
    { at: DAY, cost: '40', service: 'monitoring' },
  ]

  it.each([
    ['Reciprocal', { Email: '56', Messaging: '84' }],
    ['StepDown', { Email: '52.5', Messaging: '87.5' }],
    ['Direct', { Email: '70', Messaging: '70' }],
  ])('%s', async (method, expected) => {
    const name = await stream(pair())
    await load({ lines, yaml: yaml(name, `    Mutual: ${method}`) })
    expect(await split()).toEqual(expected)
    // A pool that costs nothing of its own hands on what it gets, too.
    await loadBill(lines.slice(0, 1))
    const given = {
      Reciprocal: ['44.444444444444', '55.555555555556'],
      StepDown: ['42.5', '57.5'],
      Direct: ['60', '40'],
    }[method]
    expect(Object.values(await split())).toEqual(given)
  })

  const SPLIT = { dimension: 'Split', from: '2024-09-01', to: '2024-10-01' }

  /** What each way to hand on comes to, by its name. */
  async function compare(asked: Record<string, unknown> = {}) {
    const answer = await call(postMethods, '/x', { method: 'POST', body: JSON.stringify({ ...SPLIT, ...asked }) })
    expect(answer.status, answer.text).toBe(200)
    const { columns, elements } = answer.body as unknown as MethodsReport
    return Object.fromEntries(
      columns.flatMap(({ method, error }, at) =>
        method !== null && method.type !== 'mutual'
          ? []
          : [
              [
                method?.mutual ?? 'now',
                error ??
                  Object.fromEntries(
                    elements.flatMap(({ element, reason, amounts }) =>
                      amounts[at] === '0' ? [] : [[element ?? `(${reason})`, amounts[at]]],
                    ),
                  ),
              ],
            ],
      ),
    )
  }

  it('the other ways beside it, on request', async () => {
    const name = await stream(pair())
    const credit = { at: DAY, cost: '-7', service: 'platform', category: 'Credit' }
    const late = { at: '2024-09-06', cost: '3', service: 'platform' }
    const filled = `    Gaps: {Next: {AllocationMethod: {Method: Fixed, Weights: {Email: 1}}}}`
    const apart = '    SetApart: [{Source: LineItemType, Equals: Credit}]'
    await load({ lines: [...lines, credit, late], yaml: yaml(name, `    Mutual: Reciprocal\n${apart}\n${filled}`) })
    await settled()
    const reciprocal = { Email: '59', Messaging: '84', '(set_apart)': '-7' }
    const stepDown = { Email: '55.5', Messaging: '87.5', '(set_apart)': '-7' }
    const direct = { Email: '73', Messaging: '70', '(set_apart)': '-7' }
    expect(await compare()).toEqual({ now: reciprocal, StepDown: stepDown, Direct: direct })
    await saveYaml(yaml(name, `    Mutual: Direct\n${apart}\n${filled}`))
    await settled()
    expect(await compare()).toEqual({ now: direct, Reciprocal: reciprocal, StepDown: stepDown })
    await saveYaml(yaml(name, `${apart}\n${filled}`))
    await settled()
    // Of a split that shares nothing among pools too, when it is asked for by name.
    expect(Object.keys(await compare())).toEqual(['now'])
    const methods = ['Direct', 'StepDown', 'Reciprocal'].map((mutual) => ({ type: 'mutual', mutual }))
    expect(await compare({ methods })).toMatchObject({ Direct: direct, StepDown: stepDown, Reciprocal: reciprocal })
  })

  it('has no other ways where pools cannot hand on', async () => {
    const name = await stream([
      ...pair(),
      [DAY, 'Monitoring', 1, { 'custom:Pool': 'Lost' }],
      [DAY, 'Lost', 1, { 'custom:Pool': 'Void' }],
      [DAY, 'Void', 1, { 'custom:Pool': 'Lost' }],
    ])
    await load({ lines, yaml: byStreams(name, 'Rate: {Type: Fixed, Value: 1, DefaultElement: Rest}') })
    await settled()
    const methods = [{ type: 'mutual', mutual: 'Direct' }]
    expect(await compare({ methods })).toMatchObject({
      Direct: 'Pools hand on to each other by the values of a stream; "Split" is not split by a stream’s shares.',
    })
  })

  it('with lines set apart, and beside a pool without telemetry', async () => {
    const name = await stream(pair())
    const more = '    Mutual: Reciprocal\n    SetApart: [{Source: LineItemType, Equals: Credit}]'
    const credit = { at: DAY, cost: '-7', service: 'platform', category: 'Credit' }
    const late = { at: '2024-09-06', cost: '3', service: 'platform' }
    await load({ lines: [...lines, credit, late], yaml: yaml(name, more) })
    expect(await split()).toEqual({ Email: '56', Messaging: '84', '(set_apart)': '-7', '(no_telemetry)': '3' })
    await loadBill([...lines.slice(0, 1), credit])
    expect(await split()).toEqual({ Email: '44.444444444444', Messaging: '55.555555555556', '(set_apart)': '-7' })
  })

  it('what a pool without drivers gets stays unallocated', async () => {
    const name = await stream([...pair().slice(0, 3), ['2024-09-20', 'Email', 1, { 'custom:Pool': 'Monitoring' }]])
    await load({ lines: lines.slice(0, 1), yaml: yaml(name, '    Mutual: Reciprocal') })
    expect(await split()).toEqual({ Email: '30', Messaging: '20', '(no_telemetry)': '50' })
  })

  it('pools that feed only each other fail the run, and the last good one stays; other dimensions go on', async () => {
    const name = await stream(pair())
    const others = `  Plain: {Name: Plain, Type: Allocation, AllocateByStreams: {Streams: [${name}]}}
  Behind: {Name: Behind, GroupBy: {Source: User:Defined:Split}}
`
    await load({ lines, yaml: yaml(name, '    Mutual: Reciprocal') + others })
    const before = { Email: '56', Messaging: '84' }
    expect(await split()).toEqual(before)
    const nobody = (pool: string) =>
      ['Email', 'Messaging'].map((element): LabRecord => [DAY, element, 0, { 'custom:Pool': pool }])
    await send(name, 'DAILY', [...nobody('Platform'), ...nobody('Monitoring')], 'replace')
    const { prisma } = await database()
    const run = await eventually(
      () => prisma.allocationRun.findFirst({ where: { status: 'failed' }, orderBy: { id: 'desc' } }),
      (found) => found !== null && (found.error ?? '').includes('feed only each other'),
      120,
    )
    expect(run?.error).toContain('Split: the pools Monitoring, Platform feed only each other at 2024-09-05')
    expect(run?.error).toMatch(/\nComputed all the same: .*Plain/)
    const plain = await ask('Plain')
    expect(plain).toMatchObject({ up_to_date: true, failure: null })
    expect(plain.rows.map(({ element, amount }) => [element, amount])).toEqual([
      ['Monitoring', '100'],
      ['Platform', '40'],
    ])
    expect((await ask('Behind')).up_to_date).toBe(false)
    const report = await ask('Split')
    expect(report.up_to_date).toBe(false)
    expect(Object.fromEntries(report.rows.map((row) => [row.element, row.amount]))).toMatchObject(before)
    await send(name, 'DAILY', [[DAY, 'Email', 1, { 'custom:Pool': 'Platform' }]], 'replace')
    await prisma.allocationRun.deleteMany({ where: { status: 'failed' } })
    expect(await split()).toEqual({ Email: '140' })
  })

  it('keeps every digit of random systems, whatever the way', { timeout: 240_000 }, async () => {
    const POOLS = ['P', 'Q', 'R']
    const weights = fc.record({
      to: fc.constantFrom(...POOLS, 'Email', 'Messaging'),
      value: fc.constantFrom('0', '1', '2.5', '7', '0.000000000000000003', '123456789012345.678'),
    })
    const systems = fc.record({
      mutual: fc.constantFrom('Reciprocal', 'StepDown', 'Direct'),
      costs: fc.tuple(...POOLS.map(() => fc.constantFrom('0', '10', '-3.000000000000000001', '99999.99'))),
      // Each of them has a user outside, so that there is a solution.
      given: fc.tuple(...POOLS.map(() => fc.uniqueArray(weights, { maxLength: 4, selector: ({ to }) => to }))),
    })
    await fc.assert(
      fc.asyncProperty(systems, async ({ mutual, costs, given }) => {
        const records = POOLS.flatMap((pool, index) => {
          const filter = { service: pool }
          const used = (given[index] ?? []).map(({ to, value }): LabRecord => [DAY, to, value, filter])
          return [...used, [DAY, 'Outside', '1.000000000000000001', filter] as LabRecord]
        })
        const lines = POOLS.map(
          (pool, index): LabLine => ({
            ...{ at: DAY, cost: costs[index] ?? '0', service: pool },
            more: { BilledCost: String(index + 1), ListCost: '-0.000000000000000007' },
          }),
        )
        const name = await stream(records)
        await load({ lines, yaml: byStreams(name, '', `    Mutual: ${mutual}`) })
        for (const metric of ['EffectiveCost', 'BilledCost', 'ListCost'] as const) {
          const found = await split('Split', { metric })
          const total = sumUnits(
            lines.map((line) => (metric === 'EffectiveCost' ? line.cost : (line.more?.[metric] ?? '0'))),
          )
          expect(sumUnits(Object.values(found))).toBe(total)
          // A pool with drivers keeps nothing, but what is handed on to nobody.
          for (const pool of POOLS) expect(found[pool]).toBeUndefined()
          const byService = await split('Split', { metric, group_by: ['service'] })
          expect(sumUnits(Object.values(byService))).toBe(total)
        }
      }),
      { numRuns: Number(process.env.RUNS ?? 8) },
    )
  })
})
