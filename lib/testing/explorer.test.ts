import { parse } from 'csv-parse/sync'
import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { PUT as putDefinition } from '@/app/api/v1/costformation/route'
import { GET as getCosts } from '@/app/api/v1/costs/route'
import { GET as getStream } from '@/app/api/v1/streams/[name]/route'
import { GET as getValues } from '@/app/api/v1/values/route'
import { POST as sumRecords } from '@/app/unit-cost/v1/telemetry/allocation/[stream]/sum/route'
import { METRICS } from '../contract/common'
import { COST_GRANULARITIES, type ExplorerReport, explorerReport, valuesReport } from '../contract/explorer'
import { focusCsv, importBill } from './bills'
import { call, eventually, useWorkspace } from './workspace'

/** Keys and values that a bill may well hold. */
const HOSTILE = [
  "o'brien",
  '=cmd()',
  'a=b',
  'Other',
  '"quoted"',
  'back\\slash',
  'ünï çødé 🦊',
  "'); DROP TABLE cost_lines; --",
]
const TAG_KEYS = ['team', 'a=b', 'bang!', 'say "hi"', "it's", '']

interface Line {
  month: string
  start: string
  currency: string
  service: string
  tags: Record<string, string>
  amounts: Record<(typeof METRICS)[number], string | null>
  chargeClass: string
  unit: string
}

const pick = <T>(items: readonly T[], at: number): T => items[at % items.length] as T

function amountOf(seed: number): string {
  const sign = seed % 7 === 0 ? '-' : ''
  return `${sign}${seed % 977}.${String((seed * 7919) % 1_000_000_007).padStart(9, '0')}${String((seed * 104_729) % 999_999_937).padStart(9, '0')}`
}

/** September and October 2024 by the hour, some October bills that correct September. */
const LINES: Line[] = Array.from({ length: 400 }, (_, at) => {
  const day = (at * 13) % 61
  const start = new Date(Date.UTC(2024, 8, 1 + day, (at * 5) % 24))
  const isCorrection = at % 29 === 0 && start.getUTCMonth() === 8
  const month = isCorrection ? '2024-10-01' : `${start.toISOString().slice(0, 7)}-01`
  return {
    month,
    start: start.toISOString().slice(0, 19).replace('T', ' '),
    currency: at % 17 === 0 ? 'EUR' : 'USD',
    service: at % 11 === 0 ? '' : `Service ${(at * 3) % 23}`,
    tags: Object.fromEntries(
      TAG_KEYS.slice(0, at % (TAG_KEYS.length + 1)).map((key, k) => [key, pick(HOSTILE, at + k)]),
    ),
    amounts: {
      BilledCost: amountOf(at + 1),
      EffectiveCost: amountOf(at * 31 + 2),
      ListCost: amountOf(at * 17 + 3),
      ContractedCost: amountOf(at * 5 + 4),
      ConsumedQuantity: at % 3 === 0 ? null : amountOf(at + 5),
      PricingQuantity: at % 4 === 0 ? null : amountOf(at + 6),
    },
    chargeClass: isCorrection ? 'Correction' : '',
    unit: pick(['GB', 'Hours'], at),
  }
})

describe('cost by period and group', () => {
  useWorkspace()

  beforeAll(async () => {
    const bill = focusCsv(
      LINES.map((line) => ({
        BillingPeriodStart: `${line.month}T00:00:00Z`,
        ChargePeriodStart: line.start,
        ChargePeriodEnd: new Date(new Date(`${line.start}Z`).getTime() + 3_600_000).toISOString(),
        BillingCurrency: line.currency,
        ServiceName: line.service,
        ChargeClass: line.chargeClass,
        ConsumedUnit: line.unit,
        Tags: JSON.stringify(line.tags),
        ...Object.fromEntries(Object.entries(line.amounts).map(([name, amount]) => [name, amount ?? ''])),
      })),
    )
    const done = await importBill(bill)
    expect(done).toMatchObject({ status: 'completed', rows_accepted: LINES.length, rows_rejected: 0 })
  })

  type Query = Record<string, string | number | readonly string[] | undefined>

  async function ask(query: Query, headers: Record<string, string> = {}) {
    const search = new URLSearchParams()
    for (const [name, value] of Object.entries({ from: '2024-09-01', to: '2024-11-01', ...query }))
      for (const one of [value].flat()) if (one !== undefined) search.append(name, String(one))
    return call(getCosts, `/api/v1/costs?${search}`, { headers })
  }

  async function costs(query: Query): Promise<ExplorerReport> {
    const { status, text, body } = await ask(query)
    expect(status, text).toBe(200)
    return explorerReport.parse(body)
  }

  const sum = (amounts: readonly (string | null)[]) =>
    amounts.reduce((total, amount) => total.plus(amount ?? 0), new Decimal(0)).toFixed()
  const usd = (line: Line) => line.currency === 'USD'
  Decimal.set({ precision: 60, toExpNeg: -40, toExpPos: 60 })

  describe('what is added up', () => {
    it('conserves: the rows, and the groups with Other, add up to the total in every digit', async () => {
      const keys = ['service', 'tag:team', 'tag:a=b', "tag:it's", 'ChargeClass', 'account']
      const query = fc.record({
        metric: fc.constantFrom(...METRICS),
        granularity: fc.constantFrom(...COST_GRANULARITIES),
        group_by: fc.uniqueArray(fc.constantFrom(...keys), { maxLength: 3 }),
        top: fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined }),
        compare: fc.constantFrom('previous', undefined),
        from: fc.constantFrom('2024-09-01', '2024-09-15T07:00:00Z', '2024-10-01'),
      })
      await fc.assert(
        fc.asyncProperty(query, async (asked) => {
          const report = await costs(asked)
          const from = asked.from.length === 10 ? `${asked.from} 00:00:00` : '2024-09-15 07:00:00'
          const expected = LINES.filter((line) => usd(line) && line.start >= from)
          const { metric } = asked
          expect(report.total).toBe(sum(expected.map((line) => line.amounts[metric])))
          expect(report.lines).toBe(expected.length)
          expect(sum(report.rows.map((row) => row.cost))).toBe(report.total)
          expect(sum(report.groups.map((group) => group.cost))).toBe(report.total)
          expect(report.groups.reduce((all, group) => all + group.lines, 0)).toBe(report.lines)
          if (asked.top) expect(report.groups.filter((group) => !group.other).length).toBeLessThanOrEqual(asked.top)
          expect(report.previous === null).toBe(asked.compare === undefined)
          if (!asked.compare) return
          expect(sum(report.groups.map((group) => group.previous))).toBe(report.previous?.total)
          expect(sum(report.groups.map((group) => group.difference))).toBe(report.previous?.difference)
          expect(sum(report.previous?.periods.map((period) => period.cost) ?? [])).toBe(report.previous?.total)
        }),
        { numRuns: 60 },
      )
    })

    it('keeps the largest groups by absolute cost, and says how many Other holds', async () => {
      const all = await costs({ group_by: ['service'], granularity: 'total' })
      const top = await costs({ group_by: ['service'], granularity: 'daily', top: 5 })
      expect(top.groups.slice(0, 5)).toEqual(all.groups.slice(0, 5))
      expect(top.groups).toHaveLength(6)
      expect(top.groups.at(-1)).toMatchObject({ other: true, group: [null] })
      expect(top.other_groups).toBe(all.groups.length - 5)
      expect(sum(all.groups.slice(5).map((group) => group.cost))).toBe(top.groups.at(-1)?.cost)
    })

    it('a group that is named Other is not all others', async () => {
      const { groups } = await costs({ group_by: ['tag:team'], granularity: 'total', top: 100 })
      expect(groups.find((group) => group.group[0] === 'Other')).toMatchObject({ other: false })
      expect(groups.some((group) => group.other)).toBe(false)
      expect(groups.find((group) => group.group[0] === null)).toMatchObject({ other: false })
    })

    it('weeks begin on Monday', async () => {
      const { rows } = await costs({ granularity: 'weekly' })
      expect(new Set(rows.map((row) => new Date(row.period).getUTCDay()))).toEqual(new Set([1]))
    })

    it('names the units of a quantity', async () => {
      expect((await costs({ metric: 'ConsumedQuantity' })).units).toEqual(['GB', 'Hours'])
      expect((await costs({ metric: 'ConsumedQuantity', filter: ['ConsumedUnit=GB'], top: 3 })).units).toEqual(['GB'])
      expect((await costs({})).units).toEqual([])
    })
  })

  describe('currencies', () => {
    it('are never added', async () => {
      const report = await costs({})
      expect(report.currencies).toEqual(['USD', 'EUR'])
      const euro = await costs({ currency: 'EUR' })
      const expected = LINES.filter((line) => line.currency === 'EUR')
      expect(euro.total).toBe(sum(expected.map((line) => line.amounts.EffectiveCost)))
    })
  })

  describe('compared with the period before', () => {
    it('takes as many months, or as many seconds', async () => {
      const october = await costs({ from: '2024-10-01', to: '2024-11-01', compare: 'previous', granularity: 'total' })
      expect(october.previous).toMatchObject({ from: '2024-09-01T00:00:00Z', to: '2024-10-01T00:00:00Z' })
      const september = await costs({ from: '2024-09-01', to: '2024-10-01', granularity: 'total' })
      expect(october.previous?.total).toBe(september.total)
      expect(october.previous?.difference).toBe(new Decimal(october.total).minus(september.total).toFixed())
      const week = await costs({ from: '2024-09-08', to: '2024-09-15', compare: 'previous' })
      expect(week.previous).toMatchObject({ from: '2024-09-01T00:00:00Z', to: '2024-09-08T00:00:00Z' })
    })
  })

  describe('corrections', () => {
    const billed = (month: string) =>
      sum(LINES.filter((line) => usd(line) && line.month === month).map((line) => line.amounts.EffectiveCost))
    const charged = (month: string) =>
      sum(LINES.filter((line) => usd(line) && line.start.startsWith(month)).map((line) => line.amounts.EffectiveCost))

    it('count when they were incurred, or with the bill that carries them, and once in each', async () => {
      const month = { from: '2024-09-01', to: '2024-10-01', granularity: 'monthly' }
      expect((await costs(month)).total).toBe(charged('2024-09'))
      expect((await costs({ ...month, basis: 'billing' })).total).toBe(billed('2024-09-01'))
      expect(charged('2024-09')).not.toBe(billed('2024-09-01'))
      const both = await costs({ basis: 'billing', granularity: 'monthly' })
      expect(both.rows.map(({ period, cost }) => [period, cost])).toEqual([
        ['2024-09-01T00:00:00Z', billed('2024-09-01')],
        ['2024-10-01T00:00:00Z', billed('2024-10-01')],
      ])
      expect(both.total).toBe((await costs({})).total)
      const compared = await costs({ from: '2024-10-01', basis: 'billing', granularity: 'total', compare: 'previous' })
      expect(compared.previous?.total).toBe(billed('2024-09-01'))
    })

    it('a part of a billing period is refused', async () => {
      const { status, body } = await ask({ from: '2024-09-02', basis: 'billing', granularity: 'daily' })
      expect(status).toBe(400)
      expect((body.invalid_params as { name: string }[]).map(({ name }) => name)).toEqual(['from', 'granularity'])
    })
  })

  describe('filters', () => {
    const matching = (test: (line: Line) => boolean) =>
      sum(LINES.filter((line) => usd(line) && test(line)).map((line) => line.amounts.EffectiveCost))

    it('any of the values, none of them, no value', async () => {
      const services = ['service=Service 3', 'service=Service 6']
      expect((await costs({ filter: services })).total).toBe(
        matching(({ service }) => service === 'Service 3' || service === 'Service 6'),
      )
      expect((await costs({ filter: services.map((text) => text.replace('=', '!=')) })).total).toBe(
        matching(({ service }) => service !== 'Service 3' && service !== 'Service 6'),
      )
      expect((await costs({ filter: 'service=' })).total).toBe(matching(({ service }) => service === ''))
      expect((await costs({ filter: 'service!=' })).total).toBe(matching(({ service }) => service !== ''))
    })

    it.each(TAG_KEYS.filter((key) => key !== ''))('a tag with the key %s, whatever its values', async (key) => {
      const quoted = `"tag:${key.replaceAll(/["\\]/g, '\\$&')}"`
      for (const value of HOSTILE) {
        expect((await costs({ filter: `${quoted}=${value}` })).total).toBe(matching(({ tags }) => tags[key] === value))
        expect((await costs({ filter: `${quoted}!=${value}` })).total).toBe(matching(({ tags }) => tags[key] !== value))
      }
      const { groups } = await costs({ group_by: [`tag:${key}`], granularity: 'total' })
      expect(groups.flatMap(({ group }) => group[0] ?? []).sort()).toEqual(
        [...new Set(LINES.filter(usd).flatMap(({ tags }) => tags[key] ?? []))].sort(),
      )
    })
  })

  describe('what cannot be asked', () => {
    it.each([
      ['granularty=daily', 'granularty', 'did you mean `granularity`?'],
      ['top=0', 'top', ''],
      ['top=ten', 'top', ''],
      ['basis=invoice', 'basis', ''],
      ['group_by=custom:Nope', 'group_by', 'there is no dimension named "Nope"'],
      ['group_by=servce', 'group_by', 'did you mean `Service`?'],
      ['filter=service', 'filter', 'write key=value'],
    ])('%s', async (text, name, reason) => {
      const { status, body } = await call(getCosts, `/api/v1/costs?from=2024-09-01&to=2024-10-01&${text}`)
      expect(status).toBe(400)
      const [first] = body.invalid_params as { name: string; reason: string }[]
      expect(first?.name).toBe(name)
      expect(first?.reason).toContain(reason)
    })
  })

  describe('CSV', () => {
    it('holds what the report holds, with currency and units named', async () => {
      const query = {
        group_by: ['service', 'tag:team'],
        granularity: 'total',
        top: 7,
        compare: 'previous',
        from: '2024-10-01',
      }
      const report = await costs(query)
      const { text, status } = await ask({ ...query, format: 'csv' })
      expect(status).toBe(200)
      const [head, ...rows] = parse(text) as string[][]
      expect(head).toEqual([
        'From',
        'To',
        'service',
        'tag:team',
        'Kind',
        'EffectiveCost (USD)',
        'Cost lines',
        'Previous EffectiveCost (USD)',
        'Difference (USD)',
      ])
      expect(rows.map((row) => [row[5], row[6], row[7], row[8]])).toEqual(
        report.groups.map((group) => [group.cost, String(group.lines), group.previous, group.difference]),
      )
      expect(rows.map((row) => row[4])).toEqual(report.groups.map(({ other }) => (other ? 'other' : 'group')))
      expect(rows.at(-1)?.[2]).toBe(`Other (${report.other_groups} groups)`)
    })

    it('sets each period beside the one before, and both columns add up', async () => {
      const query = { group_by: 'service', granularity: 'weekly', top: 5, compare: 'previous', from: '2024-10-01' }
      const report = await costs(query)
      const rows = parse((await ask({ ...query, format: 'csv' })).text, { columns: true }) as Record<string, string>[]
      const column = (name: string) => sum(rows.map((row) => row[name] || null))
      expect(column('EffectiveCost (USD)')).toBe(report.total)
      expect(column('Previous EffectiveCost (USD)')).toBe(report.previous?.total)
      expect(column('Difference (USD)')).toBe(report.previous?.difference)
    })

    it('comes for the Accept header too, a row a period and group, and no cell is a formula', async () => {
      const query = { group_by: ['tag:team'], metric: 'ConsumedQuantity', granularity: 'daily' }
      const report = await costs(query)
      const { text } = await ask(query, { accept: 'text/csv' })
      const [head, ...rows] = parse(text) as string[][]
      expect(head).toEqual(['Period', 'tag:team', 'Kind', 'ConsumedQuantity (GB + Hours)', 'Cost lines'])
      const guarded = (value: string | null | undefined) => (value?.startsWith('=') ? `'${value}` : (value ?? ''))
      expect(rows.map((row) => [row[0], row[1], row[3]])).toEqual(
        report.rows.map((row) => [row.period, guarded(row.group[0]), row.cost]),
      )
    })
  })

  describe('values of a key', () => {
    const values = async (search: string) => {
      const { status, body, text } = await call(getValues, `/api/v1/values?${search}`)
      expect(status, text).toBe(200)
      return valuesReport.parse(body)
    }

    it('by how many lines have them, those without one too', async () => {
      const { values: found, more } = await values('key=service&limit=1000')
      expect(more).toBe(false)
      expect(found.find(({ value }) => value === null)?.lines).toBe(
        LINES.filter(({ service }) => service === '').length,
      )
      expect(found.map(({ lines }) => lines)).toEqual(found.map(({ lines }) => lines).sort((a, b) => b - a))
    })

    it('searches a part in any case, and takes it for a text', async () => {
      expect((await values('key=service&search=SERVICE%201&limit=2')).more).toBe(true)
      expect((await values(`key=tag:team&search=${encodeURIComponent("'); drop")}`)).values).toHaveLength(1)
      expect((await values('key=tag:team&search=%25')).values).toEqual([])
    })

    it('a key that there is not is refused', async () => {
      expect((await call(getValues, '/api/v1/values?key=custom:Nope')).status).toBe(400)
      expect((await call(getValues, '/api/v1/values?ky=service')).status).toBe(400)
    })
  })

  describe('a dimension that a split reaches', () => {
    beforeAll(async () => {
      const yaml = `Dimensions:
  Shared:
    Type: Allocation
    AllocateByStreams:
      Streams: [users]
`
      const saved = await call(putDefinition, '/api/v1/costformation', { method: 'PUT', body: yaml })
      expect(saved.status, saved.text).toBe(200)
      const records = ['2024-09-01', '2024-10-01'].flatMap((day) =>
        [
          ['Email', 1],
          ['Messaging', 2],
        ].map(([element_name, value]) => ({
          timestamp: `${day}T00:00:00Z`,
          granularity: 'MONTHLY',
          filter: { service: ['Service 3', 'Service 6', 'Service 9'] },
          element_name,
          value,
        })),
      )
      const path = '/unit-cost/v1/telemetry/allocation/users/sum'
      const sent = await call(sumRecords, path, {
        method: 'POST',
        params: { stream: 'users' },
        body: JSON.stringify({ records }),
      })
      expect(sent.status, sent.text).toBe(200)
      await eventually(
        () => call(getStream, '/api/v1/streams/users', { params: { name: 'users' } }),
        ({ body }) => body.status === 'Available',
      )
    })

    it.each([
      { granularity: 'daily' },
      { granularity: 'total', top: 1, compare: 'previous', from: '2024-10-01' },
      { granularity: 'monthly', basis: 'billing' },
      { granularity: 'weekly', metric: 'ConsumedQuantity', top: 2 },
    ])('gives its shares, and conserves: %o', async (query) => {
      const plain = await costs(query)
      const split = await costs({ ...query, group_by: ['custom:Shared'] })
      expect(split.total).toBe(plain.total)
      expect(split.previous?.total).toBe(plain.previous?.total)
      expect(split.units).toEqual(plain.units)
      expect(sum(split.groups.map(({ cost }) => cost))).toBe(plain.total)
    })

    it('splits only its pool', async () => {
      const { groups } = await costs({ group_by: ['custom:Shared'], granularity: 'total' })
      const pool = ['Service 3', 'Service 6', 'Service 9']
      const outside = LINES.filter((line) => usd(line) && !pool.includes(line.service))
      expect(groups.map(({ group }) => group[0]).sort()).toEqual(['Email', 'Messaging', null])
      expect(groups.find(({ group }) => group[0] === null)?.cost).toBe(
        sum(outside.map(({ amounts }) => amounts.EffectiveCost)),
      )
      const email = await costs({ filter: 'custom:Shared=Email', granularity: 'total' })
      expect(email.total).toBe(groups.find(({ group }) => group[0] === 'Email')?.cost)
    })
  })
})
