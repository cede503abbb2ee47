import { test } from 'vitest'
import { useWorkspace } from './workspace'
import { describe } from 'vitest'

const LINES = Number(process.env.LINES ?? 3_000_000)
const E = 50
const DEF = (extra: string, by = 'AllocateByStreams: {Streams: [writes]}') => `Dimensions:
  Pool:
    Name: Pool
    Rules:
      - {Type: GroupBy, Source: Service}
  Product:
    Name: Product
    Rules:
      - {Type: GroupBy, Source: Tag:product}
  Split:
    Type: Allocation
    Name: Split
    ${by}
${extra}`
describe('bench', () => {
  useWorkspace()
  test('what if', { timeout: 900_000 }, async () => {
    const { warehouse } = await import('../warehouse/client')
    const { database } = await import('../db/client')
    const { command } = await warehouse()
    const { prisma } = await database()
    const id = '00000000-0000-0000-0000-000000000001'
    const lap = async <T>(name: string, work: () => Promise<T>) => {
      const t0 = performance.now(), c0 = process.cpuUsage()
      const r = await work()
      const c = process.cpuUsage(c0)
      console.log(name, Math.round(performance.now() - t0), 'ms, cpu', Math.round((c.user + c.system) / 1000))
      return r
    }
    await lap('load', async () => {
      for (let k = 0; k < LINES; k += 1_000_000) {
        await command({ query: `INSERT INTO cost_lines (ImportId, BillingMonth, LineNumber, ChargePeriodStart, ChargePeriodEnd, BilledCost, EffectiveCost, ListCost, ContractedCost, ConsumedQuantity, PricingQuantity, BillingCurrency, ServiceName, SubAccountId, Tags)
          SELECT toUUID('${id}'), toDate('2024-10-01'), number, toDateTime('2024-10-01 00:00:00','UTC') + 3600*(number % 744) AS s, s + 3600,
          reinterpret(toInt128(rand(1) % 1000000000) * toInt128(100000000), 'Decimal(38,18)') AS b, b*2, b*3, b, b*7, b*8, 'USD', concat('service-', toString(intDiv(number,744)%20)), 'acct', map('product', concat('p', toString(rand(2)%30))) FROM numbers(${k}, 1000000)` })
      }
      await command({ query: `INSERT INTO telemetry_filter SELECT 1, number+1, [[concat('service-', toString(number))]], 1, 1 FROM numbers(20)` })
      await command({ query: `INSERT INTO telemetry SELECT 1, toDateTime('2024-10-01 00:00:00','UTC') + 3600*intDiv(number, 20*${E}) AS b, intDiv(number, ${E})%20 + 1 AS f, concat('element-', toString(number % ${E})), toDecimal128(cityHash64(number) % 100000000, 18), 0, 1 FROM numbers(${744 * 20 * E})` })
    })
    await prisma.costImport.create({ data: { id, source: 'x', fileName: 'x', bytes: 1, status: 'completed', createdBy: 'x' } })
    await prisma.costPeriod.create({ data: { source: 'x', month: new Date('2024-10-01'), importIds: [id] } })
    await prisma.stream.create({ data: { id: 1, name: 'writes', granularity: 'HOURLY', filterKeys: ['custom:Pool'], keysFixed: true, lastSeq: 1, loadingSeq: 1, projectedSeq: 1, availableSeq: 1 } })
    await prisma.costFormationVersion.create({ data: { yaml: DEF(''), author: 'x' } })
    const { markStale, allCostDays } = await import('../runs/stale-days')
    const { recomputeDays } = await import('../runs/recompute')
    const days = await allCostDays()
    await prisma.$transaction((tx) => markStale({ tx, days, cause: { kind: 'definition', version: 1, by: 'x' } }))
    await lap('run', () => recomputeDays())
    const { readWhatIf } = await import('../what-if/what-if')
    const { compareMethods } = await import('../what-if/compare-methods')
    const { readCoverage } = await import('../coverage/coverage')
    const range = { dimension: 'Split', from: '2024-10-01', to: '2024-11-01', metric: 'EffectiveCost' as const }
    const signal = new AbortController().signal
    for (let i = 0; i < 2; i++) {
      await lap('coverage', () => readCoverage({ ...range, late_hours: 24 }))
      await lap('what if, gaps only', () => readWhatIf({ input: { ...range, yaml: DEF('    Gaps: Even\n') }, signal }))
      await lap('what if, caps', () => readWhatIf({ input: { ...range, yaml: DEF('    Elements: {element-1: {Cap: {Percent: 1}}}\n') }, signal }))
      await lap('what if, other pool', () => readWhatIf({ input: { ...range, yaml: DEF('', 'AllocateByRules:\n      AllocationMethod: Even\n      SpendToAllocate: {Conditions: [{Source: Service, Equals: service-1}]}\n      AcrossElements: {Source: Tag:product}') }, signal }))
      await lap('what if, pool changes', () => readWhatIf({ input: { ...range, yaml: DEF('').replace('Source: Service}', 'Source: Service, Conditions: [{Source: Service, Contains: service}]}') }, signal }))
      for (const method of [{ type: 'even' as const }, { type: 'fixed' as const }, { type: 'proportional' as const, across: 'Product', granularity: 'UsageMonthly' as const }, { type: 'stream' as const, stream: 'writes' }]) {
        await lap(`method ${method.type}`, () => readWhatIf({ input: { ...range, method }, signal }))
      }
      await lap('methods', () => compareMethods({ input: { ...range, across: 'Product' }, signal }))
    }
  })
})
