import { mkdirSync } from 'node:fs'
import { test } from 'vitest'
import { z } from 'zod'
import { planSplit } from '../allocation/split-plan'
import { parseDefinition } from '../costformation/parse'

const E = 50
const LINES = 10_000_000
const DEF = `Dimensions:
  Pool:
    Name: Pool
    Rules:
      - {Type: GroupBy, Source: Service}
  Split:
    Type: Allocation
    Name: Split
    AllocateByStreams: {Streams: [writes]}
`
test('profile', { timeout: 900_000 }, async () => {
  const folder = '/tmp/explain-prof'
  mkdirSync(folder, { recursive: true })
  process.env.DATA_DIR = folder
  const { warehouse } = await import('../warehouse/client')
  const { command, query } = await warehouse()
  const n = z.object({ n: z.coerce.number() })
  const [have] = await query({ query: 'SELECT count() AS n FROM cost_lines', schema: n })
  const { definition } = parseDefinition(DEF)
  if (!definition) throw new Error('definition')
  const streams = new Map([['writes', { id: 1, name: 'writes', granularity: 'HOURLY' as const, filterKeys: ['custom:Pool'] }]])
  const dimension = definition.dimensions[1]
  if (dimension?.type !== 'Allocation') throw new Error('type')
  const days = Array.from({ length: 31 }, (_, i) => `2024-10-${String(i + 1).padStart(2, '0')}`)
  if ((have?.n ?? 0) < LINES) {
    for (let k = 0; k < LINES; k += 1_000_000) {
      await command({ query: `INSERT INTO cost_lines (ImportId, BillingMonth, LineNumber, ChargePeriodStart, ChargePeriodEnd, BilledCost, EffectiveCost, ListCost, ContractedCost, ConsumedQuantity, PricingQuantity, BillingCurrency, ServiceName, SubAccountId, Tags, ResourceId, ChargeDescription)
        SELECT toUUID('00000000-0000-0000-0000-000000000001'), toDate('2024-10-01'), number, toDateTime('2024-10-01 00:00:00','UTC') + 3600*(number % 744) AS s, s + 3600,
        reinterpret(toInt128(rand(1) % 1000000000) * toInt128(100000000), 'Decimal(38,18)') AS b, b*2, b*3, b, b*7, b*8, 'USD', concat('service-', toString(intDiv(number,744)%20)), 'acct', map('product', concat('p', toString(rand(2)%30))), concat('res-', toString(rand(3)%1000)), concat('desc-', toString(rand(4)%100)) FROM numbers(${k}, 1000000)` })
    }
    await command({ query: 'OPTIMIZE TABLE cost_lines FINAL' })
    await command({ query: `INSERT INTO telemetry_filter SELECT 1, number+1, [[concat('service-', toString(number))]], 1, 1 FROM numbers(20)` })
    await command({ query: `INSERT INTO telemetry SELECT 1, toDateTime('2024-10-01 00:00:00','UTC') + 3600*intDiv(number, 20*${E}) AS b, intDiv(number, ${E})%20 + 1 AS f, concat('element-', toString(number % ${E})), toDecimal128(cityHash64(number) % 100000000, 18), 0, 1 FROM numbers(${744 * 20 * E})` })
    const { computeCells } = await import('../runs/compute-split')
    const run = { runId: 1, tables: { cells: 'allocation_cell', values: 'rule_value' } as const, definition, streams, cells: { table: 'allocation_cell', condition: () => `run_id = 1` }, where: '1' }
    for (let s = 0; s < 31; s += 8) await computeCells({ run, dimension, days: days.slice(s, s + 8) })
  }
  const { readCells, readOutcomes } = await import('./cells')
  const { readTopLines } = await import('./lines')
  const { lineKeys } = await import('./plan-keys')
  const condition = `(run_id = 1 AND day IN (${days.map((d) => `toDate('${d}')`).join(', ')}))`
  const plan = planSplit({ dimension, streams })
  for (const [name, from, to, cond] of [
    ['month', '2024-10-01', '2024-11-01', condition],
    ['bar', '2024-10-05', '2024-10-06', `(run_id = 1 AND day IN (toDate('2024-10-05')))`],
  ] as const) {
    const range = { from: new Date(from), to: new Date(to), metric: 'EffectiveCost' as const, currency: 'USD', where: `toDate(ChargePeriodStart) >= '${from}' AND toDate(ChargePeriodStart) <= '${to}' AND BillingCurrency = 'USD'` }
    const input = { dimensionId: 'Split', condition: cond, element: 'element-7', ...range }
    const time = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
      let result = await work()
      const c0 = process.cpuUsage()
      const t0 = performance.now()
      for (let i = 0; i < 5; i++) result = await work()
      const c = process.cpuUsage(c0)
      console.log(`${name} ${what}: ${((performance.now() - t0) / 5).toFixed(0)} ms wall, ${((c.user + c.system) / 5000).toFixed(0)} cpu`)
      return result
    }
    const shown = await time('cells', () => readCells({ ...input, limit: 12 }))
    await time('outcomes', () => readOutcomes(input))
    const lines = await time('lines', () => readTopLines({ definition, streams, cells: { table: 'allocation_cell', condition: () => condition }, shown, keys: lineKeys(plan), range }))
    console.log(shown.length, [...lines.values()][0]?.top.length)
  }
})
