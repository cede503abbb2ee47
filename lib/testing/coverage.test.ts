import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { GET as getCoverage } from '@/app/api/v1/coverage/route'
import { POST as postUndo } from '@/app/api/v1/streams/[name]/batches/[id]/undo/route'
import { POST as postDelete } from '@/app/unit-cost/v1/telemetry/allocation/[stream]/delete/route'
import type { CoverageReport, SplitCoverage, StreamDay } from '../contract/coverage'
import { database } from '../db/client'
import {
  byStreams,
  DB,
  db,
  type LabRecord,
  load,
  loadBill,
  saveYaml,
  send,
  settled,
  split,
  stream,
} from './allocation-lab'
import { call, useWorkspace } from './workspace'

const day = (n: number) => `2024-09-${String(n).padStart(2, '0')}`
const HOUR = 3600
const DAY_LONG = 24 * HOUR

async function coverage(query: Record<string, string>): Promise<CoverageReport> {
  const path = `/api/v1/coverage?${new URLSearchParams({ from: day(1), to: day(20), metric: 'BilledCost', ...query })}`
  const answer = await call(getCoverage, path)
  expect(answer.status, answer.text).toBe(200)
  return answer.body as unknown as CoverageReport
}

const first = <T>(list: readonly T[]): T => {
  const [found] = list
  if (found === undefined) throw new Error('the list is empty')
  return found
}

/** A stream's days in the split that goes by it. */
async function daysOf(name: string, query: Record<string, string> = {}): Promise<StreamDay[]> {
  await settled()
  return first(first((await coverage({ stream: name, ...query })).splits).streams).days
}

describe('coverage', () => {
  useWorkspace()

  describe('of a pool and its stream', () => {
    const POOL = '57.500000000005'
    const ask = { dimension: 'Split it', from: day(1), to: day(6) }
    const yaml = `
Dimensions:
  Team: {Name: Team, Rules: [{Type: GroupBy, Source: Tag:team}]}
  Split:
    Type: Allocation
    Name: Split it
    AllocateByStreams: {Streams: [writes]}
`

    beforeAll(async () => {
      const lines = [1, 2, 3, 4, 5].flatMap((n) => [
        db(day(n), '10.000000000001'),
        db(day(n), '1.5', { tags: { env: 'prod' } }),
        db(day(n), '0.25', { service: 'support' }),
      ])
      // Nothing on the third day, zero on the second; two records that meet no cost.
      await send('writes', 'DAILY', [
        [day(1), 'Email', 1, DB],
        [day(1), 'Chat', 3, DB],
        [day(2), 'Email', 0, DB],
        [day(4), 'Email', 5, DB],
        [day(4), 'Email', 7, { service: 'no such pool' }],
        [day(5), 'Chat', 2, DB],
        [day(6), 'Chat', 2, DB],
      ])
      await load({ lines, yaml })
      await settled()
    })

    it('tells what of a pool was covered, missing and zero, day by day', async () => {
      const { splits, currency } = await coverage(ask)
      const found: SplitCoverage = first(splits)
      expect(currency).toBe('USD')
      expect(found.total).toEqual({
        cost: POOL,
        covered: '34.500000000003',
        filled: '0',
        missing: '11.500000000001',
        zero: '11.500000000001',
        other: '0',
      })
      expect(found.days.filter(({ missing }) => missing !== '0').map((each) => each.day)).toEqual([day(3)])
      expect(found.days.filter(({ zero }) => zero !== '0').map((each) => each.day)).toEqual([day(2)])
    })

    it('tells of each stream what it took, and which records meet no cost', async () => {
      const days = await daysOf('writes', { to: day(7) })
      expect(
        days.map(({ records, zero_records, unmatched_records }) => [records, zero_records, unmatched_records]),
      ).toEqual([
        [2, 0, 0],
        [1, 1, 0],
        [0, 0, 0],
        [2, 0, 1],
        [1, 0, 0],
        [1, 0, 1],
      ])
      const taken = '11.500000000001'
      expect(days.map((each) => each.taken)).toEqual([taken, '0', '0', taken, taken, '0'])
      // All of it came with the stream's first batch.
      expect(days.map(({ received, late_records }) => [received, late_records])).toEqual(
        [1, 2, 3, 4, 5, 6].map((n) => [n === 3 ? null : 'backfilled', 0]),
      )
    })

    it('calls a bucket late by its end, and what came before the stream began backfilled', async () => {
      const { prisma } = await database()
      const { streamId } = await prisma.telemetryBatch.findFirstOrThrow({ where: { stream: { name: 'writes' } } })
      await prisma.telemetryBatch.updateMany({
        where: { streamId },
        data: { receivedAt: new Date('2024-09-04T12:00:00Z') },
      })
      // Before the stream began, not yet late, and before its end.
      const late = first(first((await coverage({ ...ask, late_hours: '1' })).splits).streams).days
      expect(late.map(({ received, delay_seconds }) => [received, delay_seconds])).toEqual([
        ['backfilled', 216_000],
        ['backfilled', 129_600],
        [null, null],
        ['on_time', -43_200],
        ['on_time', -129_600],
      ])
      await prisma.telemetryBatch.create({
        data: {
          ...{ streamId, seq: 0, operation: 'sum', origin: 'API', sender: 'earlier' },
          ...{ recordCount: 0, receivedAt: new Date('2024-08-01T00:00:00Z') },
        },
      })
      const then = first(first((await coverage({ ...ask, late_hours: '48' })).splits).streams).days
      expect(then.map(({ received, late_records }) => [received, late_records])).toEqual([
        ['late', 2],
        ['on_time', 0],
        [null, 0],
        ['on_time', 0],
        ['on_time', 0],
      ])
    })

    it('refuses what splits nothing, and two questions at once', async () => {
      const refused = async (query: string, range = 'from=2024-09-01&to=2024-09-06') =>
        (await call(getCoverage, `/api/v1/coverage?${range}&${query}`)).status
      expect(await refused('dimension=Team')).toBe(422)
      expect(await refused('dimension=Split&stream=writes')).toBe(400)
      expect(await refused('stream=nowhere')).toBe(404)
      expect(await refused('dimension=Split', 'from=2020-01-01&to=2024-01-01')).toBe(400)
    })
  })

  describe('a record that no cost goes by', () => {
    /** By day: how many records meet no cost, of how many. */
    async function unmatched(name: string, query: Record<string, string> = {}): Promise<Record<string, string>> {
      const days = await daysOf(name, query)
      return Object.fromEntries(
        days
          .filter(({ records }) => records > 0)
          .map(({ day, records, unmatched_records }) => [day.slice(5), `${unmatched_records} of ${records}`]),
      )
    }

    describe('is not one that is carried', () => {
      // The fifth has nothing to carry, and the eighth comes too late.
      const records: LabRecord[] = [
        [day(3), 'Email', 1, DB],
        [day(3), 'Chat', 3, DB],
        [day(4), 'Email', 2, DB],
        [day(4), 'Chat', 0, DB],
        [day(5), 'Email', 0, DB],
        [day(8), 'Chat', 1, DB],
      ]
      const lost = { '09-03': '2 of 2', '09-04': '2 of 2', '09-05': '1 of 1', '09-08': '1 of 1' }
      const carried = { ...lost, '09-04': '0 of 2' }

      it.each([
        ['no gap policy', '', '(no_telemetry)', lost],
        ['a carry that ends before the cost', '    Gaps: {Carry: 1}', '(no_telemetry)', lost],
        ['a carry that reaches it', '    Gaps: {Carry: 2}', 'Email', carried],
        ['weights beside it', '    Gaps: {Carry: 2}\n    Elements: {Email: {Weight: 3}}', 'Email', carried],
        [
          'a carry that is tried later',
          '    Gaps: [{Next: {AllocationMethod: {Method: Even}, AcrossElements: {Source: Tag:team}}}, {Carry: 1000}]',
          'Email',
          carried,
        ],
      ])('%s', async (_, gaps, taker, expected) => {
        const name = await stream(records)
        await load({ lines: [db(day(6), '10')], yaml: byStreams(name, '', gaps) })
        expect(await split()).toEqual({ [taker]: '10' })
        expect(await unmatched(name)).toEqual(expected)
        // The cost that it goes to need not lie in the range.
        const inRange = { from: day(4), to: day(5) }
        expect(await unmatched(name, inRange)).toEqual({ '09-04': expected['09-04'] })
      })

      it.each([
        [4, '(no_telemetry)', '1 of 1'],
        [5, 'Email', '0 of 1'],
      ])('over %i hours, into the next day', async (buckets, taker, expected) => {
        const name = await stream([[`${day(5)}T22`, 'Email', 2, DB]], 'HOURLY')
        const gaps = `    Gaps: {Carry: ${buckets}}`
        await load({ lines: [db(`${day(6)}T03`, '10')], yaml: byStreams(name, '', gaps) })
        expect(await split()).toEqual({ [taker]: '10' })
        expect(await unmatched(name, { from: day(5), to: day(6) })).toEqual({ '09-05': expected })
      })

      it('over months, on each day of its own', async () => {
        const name = await stream([['2024-07', 'Email', 2, DB]], 'MONTHLY')
        await load({ lines: [db(day(30), '10')], yaml: byStreams(name, '', '    Gaps: {Carry: 2}') })
        expect(await split()).toEqual({ Email: '10' })
        expect(await unmatched(name, { from: '2024-07-10', to: '2024-07-12' })).toEqual({
          '07-10': '0 of 1',
          '07-11': '0 of 1',
        })
        await saveYaml(byStreams(name, '', '    Gaps: {Carry: 1}'))
        expect(await unmatched(name, { from: '2024-07-10', to: '2024-07-11' })).toEqual({ '07-10': '1 of 1' })
      })

      it('but of several filters the latest alone', async () => {
        const name = await stream([
          [day(3), 'Email', 1, { ...DB, account: ['a', 'b'] }],
          [day(4), 'Chat', 1, { ...DB, account: 'a' }],
        ])
        const yaml = byStreams(name, '', '    Gaps: {Carry: 3}')
        await load({ lines: [db(day(5), '10', { account: 'a' })], yaml })
        expect(await split()).toEqual({ Chat: '10' })
        expect(await unmatched(name)).toEqual({ '09-03': '1 of 1', '09-04': '0 of 1' })
        await loadBill([db(day(5), '10', { account: 'b' })])
        expect(await split()).toEqual({ Email: '10' })
        expect(await unmatched(name)).toEqual({ '09-03': '0 of 1', '09-04': '1 of 1' })
      })

      it('but of several streams that which took it', async () => {
        const [one, two] = [await stream([[day(4), 'Email', 1, DB]]), await stream([[day(5), 'Chat', 1, DB]])]
        await load({ lines: [db(day(6), '10')], yaml: byStreams([one, two], '', '    Gaps: {Carry: 5}') })
        expect(await split()).toEqual({ Email: '10' })
        expect(await unmatched(one)).toEqual({ '09-04': '0 of 1' })
        expect(await unmatched(two)).toEqual({ '09-05': '1 of 1' })
      })
    })

    it('is not one that lies in a window of days', async () => {
      const name = await stream([3, 4, 5, 6].map((n): LabRecord => [day(n), 'Email', 1, DB]))
      await load({ lines: [db(day(6), '10')], yaml: byStreams(name, '', '    Window: {LastDays: 2}') })
      expect(await unmatched(name)).toEqual({
        '09-03': '1 of 1',
        '09-04': '0 of 1',
        '09-05': '0 of 1',
        '09-06': '1 of 1',
      })
      expect(await unmatched(name, { from: day(4), to: day(5) })).toEqual({ '09-04': '0 of 1' })
    })

    it.each([
      ['days', 'DAILY', '2024-07-31', '2024-08-02'],
      ['months', 'MONTHLY', '2024-07', '2024-08'],
    ] as const)('is not one of the month before, by %s', async (_, granularity, before, within) => {
      const name = await stream(
        [
          [before, 'Email', 1, DB],
          [within, 'Email', 1, DB],
        ],
        granularity,
      )
      await load({ lines: [db(day(30), '10')], yaml: byStreams(name, '', '    Window: PreviousMonth') })
      expect(await split()).toEqual({ Email: '10' })
      const days = await unmatched(name, { from: '2024-07-31', to: '2024-08-03' })
      expect(days).toMatchObject({ '07-31': '1 of 1', '08-02': '0 of 1' })
      // Whatever part of the month is looked at.
      expect(await unmatched(name, { from: '2024-08-02', to: '2024-08-03' })).toEqual({ '08-02': '0 of 1' })
    })

    it('is not one that a longer line, or a later one of its month, goes by', async () => {
      const daily = await stream([[day(5), 'Email', 1, DB]])
      await load({ lines: [db('2024', '10', { bill: '2024-09' })], yaml: byStreams(daily) })
      expect(await unmatched(daily)).toEqual({ '09-05': '0 of 1' })
      const monthly = await stream([['2024-09', 'Email', 1, DB]], 'MONTHLY')
      await load({ lines: [db(day(30), '10')], yaml: byStreams(monthly) })
      expect(await unmatched(monthly, { from: day(2), to: day(3) })).toEqual({ '09-02': '0 of 1' })
    })

    it('is not one that names who shares evenly, whenever it was', async () => {
      const name = await stream([
        [day(3), 'Email', 1, DB],
        [day(3), 'Chat', 0, DB],
        [day(4), 'Web', 1, DB],
        [day(4), 'Web', 1, { service: 'other' }],
      ])
      await load({ lines: [db(day(9), '10')], yaml: byStreams(name, '', '    Gaps: Even') })
      expect(await split()).toEqual({ Email: '5', Web: '5' })
      expect(await unmatched(name)).toEqual({ '09-03': '1 of 2', '09-04': '1 of 2' })
    })

    it('is not one of a pool that hands on what others give it', async () => {
      const pool = (name: string) => ({ 'custom:Pool': name })
      const name = await stream([
        [day(5), 'Monitoring', 3, pool('Platform')],
        [day(5), 'Email', 1, pool('Platform')],
        [day(5), 'Chat', 1, pool('Monitoring')],
        [day(5), 'Chat', 1, pool('Lost')],
        [day(6), 'Chat', 1, pool('Monitoring')],
      ])
      const pools = '  Pool: {Groups: {Platform: [{Source: Service, Equals: platform}]}}\n'
      const lines = [{ at: day(5), cost: '8', service: 'platform' }]
      await load({ lines, yaml: byStreams(name, '', `    Mutual: Reciprocal\n${pools}`) })
      expect(await split()).toEqual({ Email: '2', Chat: '6' })
      expect(await unmatched(name)).toEqual({ '09-05': '1 of 4', '09-06': '1 of 1' })
      for (const [mutual, expected] of [
        ['', { Email: '2', Monitoring: '6' }],
        ['    Mutual: Direct\n', { Email: '8' }],
      ] as const) {
        await saveYaml(byStreams(name, '', `${mutual}${pools}`))
        expect(await split()).toEqual(expected)
        expect(await unmatched(name)).toEqual({ '09-05': '2 of 4', '09-06': '1 of 1' })
      }
    })
  })

  describe('lateness', () => {
    beforeAll(() => loadBill([db(day(5), '10')]))

    let streams = 0
    let name = ''
    /** A new stream, which began at a time with a record of long ago. */
    async function begin(granularity: 'HOURLY' | 'DAILY' | 'MONTHLY', at = '2024-01-01T00:00:00Z') {
      name = `late-${streams++}`
      const old = { HOURLY: '2023-01-01T00', DAILY: '2023-01-01', MONTHLY: '2023-01' }[granularity]
      await receive(at, await send(name, granularity, [[old, 'Old', 1, DB]]))
      await saveYaml(byStreams(name))
    }

    async function receive(at: string, id: number) {
      const { prisma } = await database()
      await prisma.telemetryBatch.update({ where: { id }, data: { receivedAt: new Date(at) } })
    }

    /** Sends records as they came at a time; the batch. */
    async function sendAt(
      at: string,
      records: readonly LabRecord[],
      {
        granularity = 'DAILY',
        operation = 'sum',
      }: { granularity?: 'HOURLY' | 'DAILY' | 'MONTHLY'; operation?: 'sum' | 'replace' } = {},
    ) {
      const id = await send(name, granularity, records, operation)
      await receive(at, id)
      return id
    }

    const told = async (hours = 24, query: Record<string, string> = {}) => {
      const days = await daysOf(name, { late_hours: String(hours), from: day(5), to: day(6), ...query })
      return days.map(({ received, late_records, records, delay_seconds }) => [
        received,
        `${late_records} of ${records}`,
        delay_seconds,
      ])
    }

    const rest: LabRecord[] = ['Chat', 'Web', 'App'].map((element) => [day(5), element, 1, DB])

    describe('by day', () => {
      beforeEach(() => begin('DAILY'))

      it('is that of any record, not of the first', async () => {
        await sendAt('2024-09-06T01:00:00Z', [[day(5), 'Email', 1, DB]])
        expect(await told()).toEqual([['on_time', '0 of 1', HOUR]])
        await sendAt('2024-09-20T00:00:00Z', rest)
        expect(await told()).toEqual([['late', '3 of 4', 14 * DAY_LONG]])
        // Exactly the hours that are allowed.
        expect(await told(14 * 24)).toEqual([['on_time', '0 of 4', 14 * DAY_LONG]])
        expect(await told(14 * 24 - 1)).toEqual([['late', '3 of 4', 14 * DAY_LONG]])
      })

      it('tells apart the filters of an element', async () => {
        await sendAt('2024-09-06T01:00:00Z', [[day(5), 'Email', 1, DB]])
        await sendAt('2024-09-08T00:00:00Z', [[day(5), 'Email', 1, { service: 'other' }]])
        expect(await told()).toEqual([['late', '1 of 2', 2 * DAY_LONG]])
      })

      it('is not that of a later correction', async () => {
        await sendAt('2024-09-06T01:00:00Z', [[day(5), 'Email', 1, DB], ...rest])
        await sendAt('2024-09-20T00:00:00Z', rest)
        await sendAt('2024-09-21T00:00:00Z', [[day(5), 'Email', 5, DB]], { operation: 'replace' })
        expect(await told()).toEqual([['on_time', '0 of 4', HOUR]])
        // A batch that is undone never came.
        const undo = await sendAt('2024-09-05T12:00:00Z', [[day(5), 'Api', 1, DB]])
        await sendAt('2024-09-08T00:00:00Z', [[day(5), 'Api', 1, DB]])
        expect(await told()).toEqual([['on_time', '0 of 5', HOUR]])
        const undone = await call(postUndo, '/x', { method: 'POST', params: { name, id: String(undo) } })
        expect(undone.status, undone.text).toBe(200)
        expect(await told()).toEqual([['late', '1 of 5', 2 * DAY_LONG]])
      })

      it('is not that of a record that is deleted', async () => {
        await sendAt('2024-09-06T01:00:00Z', [[day(5), 'Email', 1, DB]])
        await sendAt('2024-09-20T00:00:00Z', rest)
        const remove = (element: string) =>
          call(postDelete, '/x', {
            method: 'POST',
            params: { stream: name },
            body: JSON.stringify({
              records: [{ timestamp: `${day(5)}T00:00:00Z`, granularity: 'DAILY', element_name: element }],
            }),
          })
        for (const element of ['Chat', 'Email']) expect((await remove(element)).status).toBe(201)
        expect(await told()).toEqual([['late', '2 of 2', 14 * DAY_LONG]])
        // What is sent again was there in time before.
        await sendAt('2024-09-25T00:00:00Z', [[day(5), 'Email', 2, DB]])
        expect(await told()).toEqual([['late', '2 of 3', 14 * DAY_LONG]])
      })
    })

    it('by hour adds up over the day', async () => {
      await begin('HOURLY')
      const at = (hour: string, element: string): LabRecord => [`${day(5)}T${hour}`, element, 1, DB]
      const hourly = { granularity: 'HOURLY' } as const
      await sendAt('2024-09-05T04:00:00Z', [at('03', 'Email'), at('04', 'Email')], hourly)
      await sendAt(
        '2024-09-05T07:00:00Z',
        [at('03', 'Chat'), at('04', 'Chat'), at('04', 'Web'), at('05', 'Chat')],
        hourly,
      )
      // They ended at 4, 5 and 6.
      expect(await told(1)).toEqual([['late', '3 of 6', 3 * HOUR]])
      expect(await told(2)).toEqual([['late', '1 of 6', 3 * HOUR]])
      expect(await told(3)).toEqual([['on_time', '0 of 6', 3 * HOUR]])
    })

    it('by month counts from the end of the month, on each of its days', async () => {
      await begin('MONTHLY')
      await sendAt('2024-10-02T01:00:00Z', [['2024-09', 'Email', 1, DB]], { granularity: 'MONTHLY' })
      const range = { from: day(29), to: '2024-10-01' }
      const late = ['late', '1 of 1', 25 * HOUR]
      expect(await told(24, range)).toEqual([late, late])
      expect(await told(25, range)).toEqual([1, 2].map(() => ['on_time', '0 of 1', 25 * HOUR]))
    })

    it('leaves out what lies before the stream began', async () => {
      await begin('HOURLY', '2024-09-05T12:00:00Z')
      const at = (hour: string, element: string): LabRecord => [`${day(5)}T${hour}`, element, 1, DB]
      const hourly = { granularity: 'HOURLY' } as const
      await sendAt('2024-09-05T12:00:00Z', [at('01', 'Email'), at('10', 'Email'), at('13', 'Email')], hourly)
      await sendAt('2024-09-07T00:00:00Z', [at('01', 'Chat'), at('10', 'Chat')], hourly)
      expect(await told(2)).toEqual([['backfilled', '0 of 5', 46 * HOUR]])
      await sendAt('2024-09-06T02:00:00Z', [at('13', 'Chat')], hourly)
      expect(await told(2)).toEqual([['late', '1 of 6', 12 * HOUR]])
    })
  })
})
