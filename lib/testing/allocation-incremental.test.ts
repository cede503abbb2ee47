import { describe, expect, it } from 'vitest'
import { POST as undo } from '@/app/api/v1/streams/[name]/batches/[id]/undo/route'
import { database } from '../db/client'
import { readPointers } from '../runs/cells-in-force'
import { db, importLines, type LabLine, loadBill, saveYaml, send, settled, split } from './allocation-lab'
import { call, useWorkspace } from './workspace'

const own = (at: string, team: string, cost: string): LabLine => ({ at, cost, service: 'own', tags: { team } })
const DAYS = ['2024-08-30', '2024-09-01', '2024-09-02', '2024-09-03', '2024-09-10', '2024-10-02']
const LINES: LabLine[] = DAYS.flatMap((day) => [db(day, '10'), own(day, 'X', '1'), own(day, 'Y', '3')])
const NAME = 'increments'

const rules = (granularity: string, more = '') => `
    Type: Allocation
    AllocateByRules:
      AllocationMethod: {Method: Proportional, Granularity: ${granularity}}
      SpendToAllocate: {Source: Service, Conditions: [{Equals: db}]}
      AcrossElements: {GroupBy: {Source: "Tag:team"}}
${more}`
const streams = (more = '') => `
    Type: Allocation
    AllocateByStreams: {Streams: [${NAME}]}
${more}`
const YAML = (extra = '') => `
Dimensions:
  Plain: ${streams()}
  Window: ${streams('    Window: {LastDays: 2}')}
  Before: ${streams('    Window: PreviousMonth')}
  Carry: ${streams('    Gaps: {Carry: 7}')}
  Even: ${streams('    Gaps: Even')}
  Capped: ${streams('    Elements: {A: {Cap: {Amount: 5}}}')}
  Over: {Rules: [{Type: GroupBy, Source: "User:Defined:Plain"}]}
  Daily: ${rules('UsageDaily')}
  Monthly: ${rules('UsageMonthly')}
  Billed: ${rules('BillingPeriod', '    Window: PreviousMonth')}
  RuleWindow: ${rules('UsageDaily', '    Window: {LastDays: 2}\n    Gaps: {Carry: 7}')}
  Next: ${streams('    Gaps: [{Next: {AllocationMethod: {Method: Proportional, Granularity: UsageMonthly}, AcrossElements: {GroupBy: {Source: "Tag:team"}}}}]')}
  Outer:
    Type: Allocation
    AllocateByRules:
      AllocationMethod: {Method: Proportional, Granularity: UsageMonthly}
      SpendToAllocate: {Source: Service, Conditions: [{Equals: own}]}
      AcrossElements: {GroupBy: {Source: "User:Defined:Plain"}}
${extra}`

const NAMES = [
  'Plain',
  'Window',
  'Before',
  'Carry',
  'Even',
  'Capped',
  'Over',
  'Daily',
  'Monthly',
  'Billed',
  'RuleWindow',
  'Next',
  'Outer',
]

async function pointers(): Promise<Map<string, number>> {
  await settled()
  return new Map((await readPointers()).map(({ dimensionId, day, runId }) => [`${dimensionId} ${day}`, runId]))
}

/** Which days of which dimensions something made be computed again: `{Plain: '09-01 09-02'}`. */
async function touched(change: () => Promise<unknown>): Promise<Record<string, string>> {
  const before = await pointers()
  await change()
  const after = await pointers()
  const result: Record<string, string> = {}
  for (const [key, run] of after) {
    const [dimension = '', day = ''] = key.split(' ')
    if (before.get(key) === run || day.endsWith('28')) continue
    result[dimension] = `${result[dimension] ? `${result[dimension]} ` : ''}${day.slice(5)}`
  }
  return result
}

const everything = async () =>
  Object.fromEntries(await Promise.all(NAMES.map(async (name) => [name, await split(name, { granularity: 'daily' })])))

/** The same from scratch: every dimension and day anew. */
async function expectFresh(): Promise<void> {
  const before = await everything()
  const { prisma } = await database()
  await settled()
  await prisma.allocationPointer.deleteMany({})
  await loadBillAgain()
  expect(before).toEqual(await everything())
}

let bill = LINES
const loadBillAgain = () => loadBill(bill)

describe('what is computed again', () => {
  useWorkspace()

  it('computes again what a change touches, and nothing else', { timeout: 600_000 }, async () => {
    await loadBill(bill)
    await send(NAME, 'DAILY', [
      ['2024-08-30', 'A', 1],
      ['2024-09-01', 'A', 1],
      ['2024-09-01', 'B', 1],
      ['2024-09-10', 'B', 1],
    ])
    await saveYaml(YAML())
    await settled()

    // A record: its day, the days whose window or gap it is in, and the month of what a rule makes of the split.
    const september = '09-01 09-02 09-03 09-10'
    const ofStream = {
      Plain: '09-01',
      Over: '09-01',
      Next: '09-01',
      Capped: '09-01',
      Window: '09-02 09-03',
      Before: '10-02',
      Carry: '09-01 09-02 09-03',
      // An element that nobody has named before shares every gap.
      Even: '09-01 09-02 09-03 10-02',
      Outer: september,
    }
    let batch = 0
    expect(
      await touched(async () => {
        batch = await send(NAME, 'DAILY', [['2024-09-01', 'C', 2]])
      }),
    ).toEqual(ofStream)

    // A batch undone.
    const params = { name: NAME, id: String(batch) }
    expect(
      await touched(async () => {
        const undone = await call(undo, '/x', { method: 'POST', params })
        expect(undone.status, undone.text).toBe(200)
      }),
    ).toEqual(ofStream)

    // A record that names nobody new fills no gap otherwise.
    expect(await touched(() => send(NAME, 'DAILY', [['2024-09-01', 'A', 5]]))).toEqual({ ...ofStream, Even: '09-01' })
    expect(await touched(() => send(NAME, 'DAILY', [['2024-09-02', 'A', 1]]))).toMatchObject({ Even: '09-02' })
    const gone = await send(NAME, 'DAILY', [['2024-09-02', 'A', 0]], 'replace')
    await settled()
    expect(gone).toBeGreaterThan(batch)

    // A dimension that is new, and one that is changed.
    expect(
      await touched(() => saveYaml(YAML('  New: {Rules: [{Type: GroupBy, Source: "User:Defined:Plain"}]}'))),
    ).toEqual({
      New: '08-30 09-01 09-02 09-03 09-10 10-02',
    })
    const changed = YAML().replace('{LastDays: 2}', '{LastDays: 1}')
    expect(await touched(() => saveYaml(changed))).toEqual({ Window: '08-30 09-01 09-02 09-03 09-10 10-02' })
    await saveYaml(YAML())

    // A bill of another source, of one day: that day of all, and what looks at it from afar.
    const day = '09-02'
    expect(await touched(() => importLines([own('2024-09-02', 'Z', '4')]))).toEqual({
      ...{ Plain: day, Over: day, Window: day, Before: day, Carry: day, Even: day, Daily: day },
      ...{ Capped: september, Monthly: september, Next: september, Outer: september },
      Billed: `${day} 10-02`,
      RuleWindow: '09-02 09-03',
    })

    // It is replaced by one of another day.
    const both = '09-02 09-03'
    expect(await touched(() => importLines([own('2024-09-03', 'Z', '4')]))).toMatchObject({
      ...{ Plain: both, Over: both, Window: both, Before: both, Carry: both, Even: both, Daily: both },
      ...{ Capped: september, Monthly: september, Next: september, Outer: september },
      Billed: `${both} 10-02`,
      RuleWindow: `${both} 09-10`,
    })
    await expectFresh()

    // A line of many days goes by all of them.
    bill = [...LINES, { at: '2024-09', cost: '30', service: 'db' }]
    await loadBill(bill)
    await settled()
    expect(await touched(() => importLines([own('2024-09-10', 'Z', '7')]))).toMatchObject({
      Daily: '09-01 09-03 09-10',
      Plain: '09-03 09-10',
    })
    await expectFresh()
  })
})
