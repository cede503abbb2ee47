import { describe, expect, it } from 'vitest'
import { database } from '../db/client'
import { warehouse } from '../warehouse/client'
import { ask, type LabLine, load, loadBill, saveYaml, send, settled, split } from './allocation-lab'
import { useWorkspace } from './workspace'

const HOUR = 3600
const at = (time: string) => Date.parse(time) / 1000
const hourOf = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 13)

/** Hourly telemetry of a stream that has a record already, put where its projection would. */
async function fill(name: string, filters: readonly (readonly string[])[], from: string, to: string) {
  const { prisma } = await database()
  const { insert } = await warehouse()
  const { id } = await prisma.stream.findUniqueOrThrow({ where: { name } })
  const rows = filters.map((values, index) => ({
    ...{ stream_id: id, filter_id: 1_000_000 + index, version: 1, is_active: 1 },
    filter_values: values.map((value) => [value]),
  }))
  await insert({ table: 'telemetry_filter', rows })
  for (const [index] of filters.entries()) {
    const records = []
    for (let bucket = at(from); bucket < at(to); bucket += HOUR) {
      for (const [place, element] of ['A', 'B', 'C'].entries()) {
        records.push({
          ...{ stream_id: id, filter_id: 1_000_000 + index, bucket_start: bucket, element, is_deleted: 0, version: 1 },
          value: String(place + 1),
        })
      }
    }
    await insert({ table: 'telemetry', rows: records })
  }
}

const yaml = (stream: string, more = '') => `
Dimensions:
  Split:
    Type: Allocation
    AllocateByStreams: {Streams: [${stream}]}
${more}`

describe('much of it', () => {
  useWorkspace()

  it('5,000 elements in one bucket', { timeout: 300_000 }, async () => {
    const names = Array.from({ length: 5000 }, (_, index) => `element ${index}`)
    await send(
      'many',
      'DAILY',
      names.map((name, index) => ['2024-09-05', name, index + 1]),
    )
    await load({ lines: [{ at: '2024-09-05', cost: '12345.678901234567' }], yaml: yaml('many') })
    await settled()
    const report = await ask('Split')
    expect(report.rows).toHaveLength(5000)
    expect(report.totals).toEqual({ cost: '12345.678901234567', allocated: '12345.678901234567', unallocated: '0' })
    await saveYaml(
      yaml(
        'many',
        '    ElementCutoff: {ThresholdPercent: 50, Name: Rest}\n    Elements: {element 4999: {Cap: {Percent: 0.01}}}',
      ),
    )
    await settled()
    const cut = await ask('Split')
    expect(cut.rows.length).toBeLessThan(2000)
    expect(cut.totals).toEqual(report.totals)
  })

  it('a line of a year by hourly telemetry', { timeout: 300_000 }, async () => {
    await send('year', 'HOURLY', [['2024-01-01T00', 'A', 1, { service: 'db' }]])
    await settled()
    await fill('year', [['db']], '2024-01-01T01:00:00Z', '2025-01-01T00:00:00Z')
    await load({ lines: [{ at: '2024', bill: '2024-09', cost: '52699', service: 'db' }], yaml: yaml('year') })
    expect(await split('Split', { from: '2024-01-01' })).toEqual({ A: '8784', B: '17566', C: '26349' })
  })

  it('200 filters of hourly telemetry, with a day that is carried', { timeout: 300_000 }, async () => {
    const accounts = Array.from({ length: 200 }, (_, index) => `account-${index}`)
    await send('wide', 'HOURLY', [['2024-01-01T00', 'A', 1, { account: 'nobody' }]])
    await settled()
    await fill(
      'wide',
      accounts.map((account) => [account]),
      '2024-09-01T00:00:00Z',
      '2024-09-10T00:00:00Z',
    )
    const lines = accounts
      .slice(0, 50)
      .flatMap((account) =>
        Array.from(
          { length: 48 },
          (_, hour): LabLine => ({ at: hourOf(at('2024-09-09T00:00:00Z') + hour * HOUR), cost: '6', account }),
        ),
      )
    await loadBill(lines)
    const before = performance.now()
    await saveYaml(yaml('wide', '    Gaps: {Carry: 24}'))
    await settled()
    const seconds = (performance.now() - before) / 1000
    expect(await split()).toEqual({ A: '2400', B: '4800', C: '7200' })
    expect(seconds).toBeLessThan(60)
  })
})
