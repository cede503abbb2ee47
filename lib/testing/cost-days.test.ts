import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { buildSums } from '../allocation/relation'
import { METRICS } from '../contract/common'
import { COST_GRANULARITIES } from '../contract/explorer'
import { parseDefinition } from '../costformation/parse'
import { addUpDays, importsWithoutDays } from '../costs/days/add-up'
import { currentDigest } from '../costs/digest/read'
import { dropLines, dropPartitions } from '../costs/import/drop-lines'
import { database } from '../db/client'
import { bucketSql } from '../reports/explorer/ranges'
import { readExplorerScope } from '../reports/explorer/scope'
import { readFilters, readKey } from '../reports/report-query'
import { NO_SPLITS } from '../runs/current-splits'
import { warehouse } from '../warehouse/client'
import { focusCsv, importBill } from './bills'
import { eventually, useWorkspace } from './workspace'

const YAML = `Dimensions:
  Team:
    Name: Team
    DefaultValue: Nobody
    Rules:
      - {Type: GroupBy, Source: 'Tag:team', Conditions: [{Source: Service, HasValue: true}]}
      - {Type: GroupBy, Source: Region}
  Kind:
    Name: Kind
    Rules:
      - {Type: GroupBy, Source: UsageDay}
  Operation:
    Name: Operation
    Rules:
      - {Type: GroupBy, Source: Operation}
`

const KEYS = [
  ...['service', 'account', 'region', 'resource', 'usage_day', 'tag:team', "tag:o'clock", 'ChargeClass'],
  ...['custom:Team', 'custom:Kind', 'custom:Operation', 'ChargeDescription', 'operation', 'x_Operation'],
]
/** What tells lines of a day apart that stand for one row of cost_days. */
const FINER = ['custom:Operation', 'ChargeDescription', 'operation', 'x_Operation']

const amount = (seed: number) =>
  `${seed % 7 === 0 ? '-' : ''}${seed % 977}.${String((seed * 7919) % 1_000_000_007).padStart(9, '0')}${String((seed * 104_729) % 999_999_937).padStart(9, '0')}`

/** Two months by the hour; October's bill corrects September. */
const bill = focusCsv(
  Array.from({ length: 600 }, (_, at) => {
    const start = new Date(Date.UTC(2024, 8, 1 + ((at * 13) % 61), (at * 5) % 24, (at * 7) % 60))
    const month = at % 29 === 0 ? '2024-10' : start.toISOString().slice(0, 7)
    return {
      BillingPeriodStart: `${month}-01T00:00:00Z`,
      ChargePeriodStart: start.toISOString(),
      ChargePeriodEnd: new Date(start.getTime() + 3_600_000).toISOString(),
      BillingCurrency: at % 17 === 0 ? 'EUR' : 'USD',
      ServiceName: at % 11 === 0 ? '' : `Service ${at % 3}`,
      SubAccountId: `account ${at % 2}`,
      RegionName: at % 5 === 0 ? 'here' : '',
      ResourceId: `arn:${at % 6}`,
      ChargeClass: at % 29 === 0 ? 'Correction' : '',
      ChargeDescription: `meter ${at % 4}`,
      x_Operation: `operation ${at % 3}`,
      Tags: JSON.stringify(at % 4 === 0 ? {} : { team: `team ${at % 3}`, ...(at % 8 === 1 ? { "o'clock": '5' } : {}) }),
      ...Object.fromEntries(METRICS.map((metric, index) => [metric, amount(at * 31 + index)])),
    }
  }),
)

describe('lines added up by day', () => {
  useWorkspace()
  let importId = ''
  const { definition } = parseDefinition(YAML)
  if (!definition) throw new Error('the definition is wrong')

  const rowsOf = async (table: 'cost_days' | 'cost_lines', id: string) => {
    const [row] = await (await warehouse()).query({
      query: `SELECT count() AS n FROM ${table} WHERE ImportId = {id:UUID}`,
      params: { id },
      schema: z.object({ n: z.coerce.number() }),
    })
    return row?.n
  }
  const areAddedUp = () =>
    eventually(
      async () => (await currentDigest()).days,
      (days) => days !== null,
    )

  beforeAll(async () => {
    const done = await importBill(bill)
    expect(done).toMatchObject({ status: 'completed', rows_accepted: 600 })
    importId = done.id
    await areAddedUp()
  })

  const query = fc.record({
    metric: fc.constantFrom(...METRICS),
    granularity: fc.constantFrom(...COST_GRANULARITIES),
    group_by: fc.uniqueArray(fc.constantFrom(...KEYS), { maxLength: 3 }),
    filter: fc.uniqueArray(
      fc.constantFrom('service=Service 1', 'tag:team!=team 2', 'custom:Team=here', 'operation=operation 1'),
      { maxLength: 2 },
    ),
    basis: fc.constantFrom('charge' as const, 'billing' as const),
    from: fc.constantFrom('2024-09-01', '2024-09-10', '2024-09-10T05:00:00Z'),
    currency: fc.constantFrom(undefined, 'EUR'),
  })

  it('gives reports the same rows as the lines do, in every digit', async () => {
    const tables = new Set<string>()
    await fc.assert(
      fc.asyncProperty(query, async (asked) => {
        const isBilling = asked.basis === 'billing'
        const granularity =
          isBilling && !['monthly', 'total'].includes(asked.granularity) ? 'monthly' : asked.granularity
        const scope = await readExplorerScope({
          ...asked,
          granularity,
          from: isBilling ? '2024-09-01' : asked.from,
          to: '2024-11-01',
          compare: undefined,
        })
        const read = async (days: string | null) => {
          const { sql } = buildSums({
            definition,
            ...NO_SPLITS,
            groupBy: asked.group_by.map((key) => readKey('group_by', key, definition)),
            filters: readFilters(asked.filter, definition),
            where: scope.where,
            days,
            metric: asked.metric,
            extra: [
              {
                name: 'period',
                sql: bucketSql({ granularity, basis: asked.basis, range: scope.range, previous: null }),
              },
            ],
          })
          const rows = await (await warehouse()).query({ query: sql, schema: z.record(z.string(), z.unknown()) })
          return {
            table: sql.includes('cost_days') ? 'cost_days' : 'cost_lines',
            rows: rows.map((row) => JSON.stringify(row)).sort(),
          }
        }
        const byDay = await read(scope.days)
        tables.add(byDay.table)
        const keys = [...asked.group_by, ...asked.filter.map((text) => text.split(/!?=/)[0])]
        const isFiner =
          granularity === 'hourly' ||
          (!isBilling && asked.from.includes('T')) ||
          asked.metric.endsWith('Quantity') ||
          keys.some((key) => FINER.includes(key ?? ''))
        expect(byDay.table).toBe(isFiner ? 'cost_lines' : 'cost_days')
        expect(byDay.rows).toEqual((await read(null)).rows)
      }),
      { numRuns: 150 },
    )
    expect(tables.size).toBe(2)
  })

  it('is less than the lines', async () => {
    expect(await rowsOf('cost_days', importId)).toBeLessThan(600)
  })

  it('is not done twice, and two attempts at once leave one that is whole', async () => {
    const { prisma } = await database()
    const before = await rowsOf('cost_days', importId)
    await addUpDays(importId)
    expect(await prisma.costImport.findUnique({ where: { id: importId } })).toMatchObject({
      daysAttempt: 1,
      daysWhole: 1,
    })
    await prisma.costImport.update({ where: { id: importId }, data: { daysWhole: null } })
    await Promise.allSettled([addUpDays(importId), addUpDays(importId)])
    const { daysWhole } = await prisma.costImport.findUniqueOrThrow({ where: { id: importId } })
    expect(await rowsOf('cost_days', importId)).toBe(before)
    const [row] = await (await warehouse()).query({
      query: `SELECT count() AS n, sum(line_count) AS lines FROM cost_days WHERE ImportId = {id:UUID} AND Attempt = {attempt:UInt32}`,
      params: { id: importId, attempt: daysWhole },
      schema: z.object({ n: z.coerce.number(), lines: z.coerce.number() }),
    })
    expect(row).toEqual({ n: before, lines: 600 })
  })

  it('leaves nothing behind for an import that nobody keeps', async () => {
    const { id } = await importBill(focusCsv([{ BilledCost: '5' }]), { source: 'other' })
    await eventually(importsWithoutDays, (ids) => ids.length === 0)
    expect(await rowsOf('cost_days', id)).toBe(1)
    const { prisma } = await database()
    await dropPartitions({ table: 'cost_days', importId: id })
    await prisma.costImport.update({ where: { id }, data: { daysWhole: null } })
    await addUpDays(id)
    expect(await rowsOf('cost_days', id)).toBe(1)
    await prisma.costPeriod.deleteMany({ where: { source: 'other' } })
    await dropPartitions({ table: 'cost_days', importId: id })
    await prisma.costImport.update({ where: { id }, data: { daysWhole: null } })
    await addUpDays(id)
    expect([await rowsOf('cost_lines', id), await rowsOf('cost_days', id)]).toEqual([1, 0])
  })

  it('goes with the lines of an import that is dropped', async () => {
    await eventually(importsWithoutDays, (ids) => ids.length === 0)
    await dropLines(importId)
    expect([await rowsOf('cost_lines', importId), await rowsOf('cost_days', importId)]).toEqual([0, 0])
  })
})
