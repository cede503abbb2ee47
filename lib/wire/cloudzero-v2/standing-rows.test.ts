import { expect, it } from 'vitest'
import type { CbfRow } from './read-row'
import { standingDeliveries, standingRows } from './standing-rows'

/** `operation hour hour…`: one row an hour, named by the delivery's place. */
async function standing(...texts: string[]): Promise<string[]> {
  const deliveries = texts.map((text, place) => {
    const [operation = '', ...hours] = text.split(' ')
    return { operation, place, hours }
  })
  const read = async ({ hours, place }: (typeof deliveries)[number]): Promise<CbfRow[]> =>
    hours.map(
      (hour) =>
        new Map([
          ['time/usage_start', `2024-08-01T${hour}:30:00Z`],
          ['place', String(place)],
        ]),
    )
  const rows: string[] = []
  for await (const row of standingRows({ deliveries, read })) {
    rows.push(`${row.get('place')}@${row.get('time/usage_start')?.slice(11, 13)}`)
  }
  return rows
}

it('adds up what is summed, the same delivery too', async () => {
  expect(await standing('sum 00', 'sum 00', 'sum 01')).toEqual(['0@00', '1@00', '2@01'])
})

it('forgets everything before a replace_drop', async () => {
  expect(await standing('sum 00', 'replace_drop 05', 'sum 06')).toEqual(['1@05', '2@06'])
  expect(standingDeliveries([{ operation: 'replace_drop' }, { operation: 'replace_drop' }])).toHaveLength(1)
})

it('replaces by replace_hourly the hours that it brings, and no others', async () => {
  expect(await standing('replace_drop 00 01 02', 'sum 01', 'replace_hourly 01 03', 'sum 01')).toEqual([
    '0@00',
    '0@02',
    '2@01',
    '2@03',
    '3@01',
  ])
})
