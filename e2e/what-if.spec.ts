import { readFile } from 'node:fs/promises'
import { expect, type Locator, type Page, test } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import { apiOf, type Charge, focusBill } from './api'
import { expectAccessible, expectNoSidewaysScroll, setUp, writeDefinitions } from './browser'
import { isPart, sumUnits, toUnits } from './exact'
import { discard, type Server, startServer } from './server'

const DAYS = ['2024-09-01', '2024-09-02', '2024-09-03', '2024-09-04', '2024-09-05']
const [FIRST, SECOND, , , LAST] = DAYS as [string, string, string, string, string]
const RANGE = { from: FIRST, to: '2024-09-06' }
const BEFORE = '2024-08-31'

const team = (at: number) => `Team ${String(at).padStart(2, '0')}`
const TEAMS = Array.from({ length: 25 }, (_, index) => index + 1)

/** A shared database, two teams' own machines, and a service that nobody splits. */
const CHARGES = [BEFORE, ...DAYS].flatMap((day): Charge[] => [
  { day, cost: '10.000000000001', service: 'Database' },
  { day, cost: '1.5', service: 'Database' },
  { day, cost: '6', service: 'Compute', tags: { owner: team(3) } },
  { day, cost: '2', service: 'Compute', tags: { owner: team(4) } },
  { day, cost: '0.25', service: 'Support' },
])
const POOL = toUnits('57.500000000005')
/** Without the second day, which has no writes. */
const WRITTEN = toUnits('46.000000000004')
const TOTAL = toUnits('98.750000000005')

const YAML = `Dimensions:
  Shared:
    Name: Shared
    DefaultValue: Not shared
    Rules:
      - Type: Group
        Name: Pool
        Conditions: [{Source: Service, Equals: Database}]
  Owner:
    Name: Owner
    DefaultValue: Nobody
    Rules: [{Type: GroupBy, Source: 'Tag:owner'}]
  Split:
    Name: Database by team
    Type: Allocation
    AllocateByStreams: {Streams: [writes]}
  Whole:
    Name: Whole cost
    DefaultValue: Others
    Rules:
      - {Type: GroupBy, Source: 'Tag:owner'}
      - {Type: GroupBy, Source: 'User:Defined:Split'}
`

const csvOf = (records: readonly [day: string, element: string, value: number][]) =>
  `timestamp,granularity,element_name,value,custom:Shared\n${records
    .map(([day, element, value]) => `${day}T00:00:00Z,DAILY,${element},${value},Pool\n`)
    .join('')}`

const WRITES = csvOf([
  [BEFORE, team(1), 1],
  [BEFORE, team(2), 3],
  ...DAYS.filter((day) => day !== SECOND).flatMap((day) =>
    TEAMS.map((at): [string, string, number] => [day, team(at), at]),
  ),
])
const READS = csvOf(
  DAYS.flatMap((day): [string, string, number][] => [
    [day, team(24), 1],
    [day, team(25), 4],
  ]),
)

let server: Server
let page: Page
test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  server = await startServer()
  page = await (await browser.newContext()).newPage()
  await setUp(page, server.url)
  const api = apiOf(server)
  await api.imported(await api.importBill(focusBill(CHARGES)))
  await api.sendCsv('writes', WRITES)
  await api.sendCsv('reads', READS)
  expect((await api.put('/api/v1/costformation', YAML)).status).toBe(200)
  await now()
})
test.afterAll(async () => {
  await page.context().close()
  await discard(server)
})

/** The split by the definition in force. */
const now = () => apiOf(server).settled('Split', { ...RANGE, metric: 'BilledCost', granularity: 'daily' })

interface Cell {
  amount: bigint
  share: string
  /** As it stands there; null: none is shown. */
  difference: bigint | null
}
interface Comparison {
  columns: string[]
  rows: Map<string, Cell[]>
  totals: string[]
}

/** A comparison as it is drawn, with the digits of the tooltips. */
async function readComparison(table: Locator): Promise<Comparison> {
  const texts = await table.evaluate((element) => {
    const text = (node: Element | null) => node?.textContent?.trim() ?? ''
    return {
      columns: [...element.querySelectorAll('thead th')].slice(1).map(text),
      rows: [...element.querySelectorAll('tbody tr')].map((row) => ({
        name: text(row.querySelector('th')),
        cells: [...row.querySelectorAll('td')].map((cell) => {
          const [amount, difference] = [...cell.querySelectorAll('[title]')].map((one) => ({
            exact: one.getAttribute('title') ?? '',
            around: text(one.parentElement),
          }))
          return { amount: amount?.exact ?? '', share: text(cell.querySelector('.block')), difference }
        }),
      })),
      totals: [...element.querySelectorAll('tfoot td')].map(
        (cell) => `${text(cell)} ${cell.querySelector('[title]')?.getAttribute('title')}`,
      ),
    }
  })
  const cell = ({ amount, share, difference }: (typeof texts.rows)[number]['cells'][number]): Cell => {
    // A sign in front tells more from less.
    if (difference) expect(difference.around).toMatch(/^[+−]/)
    return {
      amount: toUnits(amount),
      share: (share.split(' · ')[0] ?? '').trim(),
      difference: difference ? toUnits(difference.exact) : null,
    }
  }
  return { ...texts, rows: new Map(texts.rows.map(({ name, cells }) => [name, cells.map(cell)])) }
}

/** Every column is the whole, as it is drawn and in every digit, and each difference is that to the first. */
function expectWhole({ columns, rows, totals }: Comparison, { total, shown }: { total: bigint; shown: string }) {
  expect(totals).toEqual(columns.map(() => shown))
  for (const at of columns.keys()) {
    const cells = [...rows.values()].map((row) => row[at] as Cell)
    expect(sumUnits(cells.map(({ amount }) => amount))).toBe(total)
    expect(sumUnits(cells.map(({ share }) => toUnits(share.replace('%', ''))))).toBe(toUnits('100'))
  }
  for (const [name, [first, ...others]] of rows)
    for (const { amount, difference } of others)
      if (difference !== null) expect(difference, name).toBe(amount - (first?.amount ?? 0n))
}

async function select(within: Page | Locator, label: string, option: string): Promise<void> {
  await within.getByRole('button', { name: new RegExp(`^${label}: `) }).click()
  await page.getByRole('menuitemradio', { name: option, exact: true }).click()
}

/** The rows of the CSV that a button brings, and its name. */
async function download(button: Locator): Promise<{ name: string; rows: string[][] }> {
  const [file] = await Promise.all([page.waitForEvent('download'), button.click()])
  return { name: file.suggestedFilename(), rows: parse(await readFile(await file.path(), 'utf8')) as string[][] }
}

/** What the column of a CSV adds up to, without its last row, which is the total. */
const sumOf = (rows: readonly string[][], column: number) =>
  sumUnits(rows.slice(1, -1).map((row) => toUnits(row[column] ?? '')))

test.describe('methods side by side', () => {
  const table = () => page.getByRole('table', { name: 'Database by team, 1 – 5 Sep 2024' })
  const shown = '$57.50 Exactly $57.500000000005'

  test('stand beside what is now, each with the same total', async () => {
    await page.goto(`${server.url}/?${new URLSearchParams({ ...RANGE, dimension: 'Split', metric: 'BilledCost' })}`)
    await page.getByRole('link', { name: 'Compare methods' }).click()
    await expect(page).toHaveURL(/\/compare\?.*from=2024-09-01/)
    await expect(page.getByRole('heading', { name: 'Compare methods', level: 1 })).toBeVisible()
    await expect(table()).toBeVisible()
    await expect(
      page.getByRole('img', { name: /elements by Now, Even, Fixed at the shares before, By reads\./ }),
    ).toBeVisible()
    const comparison = await readComparison(table())
    expect(comparison.columns).toEqual(['Now', 'Even', 'Fixed at the shares before', 'By reads'])
    expectWhole(comparison, { total: POOL, shown })
    const { rows } = comparison
    const part = (name: string, column: number, total: bigint, of: [number, number]) =>
      expect(isPart({ amount: rows.get(name)?.[column]?.amount ?? -1n, total, of }), `${name}, ${column}`).toBe(true)
    part(team(25), 0, WRITTEN, [25, 325])
    part(team(25), 1, POOL, [1, 25])
    part(team(25), 3, POOL, [4, 5])
    part(team(24), 3, POOL, [1, 5])
    expect(rows.get('Unallocated: no telemetry')?.map(({ amount }) => amount)).toEqual([POOL - WRITTEN, 0n, 0n, 0n])
    expect(rows.get(team(25))?.map(({ share }) => share)).toEqual([
      expect.stringMatching(/^6\.[12]%$/),
      '4.0%',
      '0.0%',
      '80.0%',
    ])
    expect(rows.get(team(25))?.[3]?.difference).toBeGreaterThan(0n)
    await expectAccessible(page)
  })

  test('one row stands for those past the largest, until all are asked for', async () => {
    const { rows } = await readComparison(table())
    expect([...rows.keys()]).toContain('Other (5 of 25)')
    expect(rows.size).toBe(22)
    await page.getByRole('button', { name: 'All 25 elements' }).click()
    await expect(table().getByRole('row', { name: new RegExp(`^${team(1)} `) })).toBeVisible()
    const every = await readComparison(table())
    expect([...every.rows.keys()].sort()).toEqual([...TEAMS.map(team), 'Unallocated: no telemetry'])
    expectWhole(every, { total: POOL, shown })
    const amount = (name: string, column: number) => every.rows.get(name)?.[column]?.amount ?? -1n
    expect(isPart({ amount: amount(team(1), 2), total: POOL, of: [1, 4] })).toBe(true)
    expect(isPart({ amount: amount(team(2), 2), total: POOL, of: [3, 4] })).toBe(true)
    await page.getByRole('button', { name: 'Only the largest' }).click()
    await expect(table().getByRole('rowheader', { name: 'Other (5 of 25)' })).toBeVisible()
  })

  test('in proportion to another dimension’s own cost, which the address keeps', async () => {
    await page.getByRole('button', { name: 'In proportion to: Not by own cost' }).click()
    // Not by what comes out of this split itself.
    await expect(page.getByRole('menuitemradio')).toHaveText([
      'Not by own cost',
      'By own cost of Shared',
      'By own cost of Owner',
    ])
    await page.getByRole('menuitemradio', { name: 'By own cost of Owner' }).click()
    await expect(page).toHaveURL(/by=Owner/)
    await page.reload()
    await expect(table().getByRole('columnheader', { name: 'By cost of Owner' })).toBeVisible()
    await page.getByRole('button', { name: 'All 25 elements' }).click()
    await expect(table().getByRole('rowheader', { name: team(1), exact: true })).toBeVisible()
    const comparison = await readComparison(table())
    expect(comparison.columns).toEqual(['Now', 'Even', 'Fixed at the shares before', 'By cost of Owner', 'By reads'])
    expectWhole(comparison, { total: POOL, shown })
    const amount = (name: string) => comparison.rows.get(name)?.[3]?.amount ?? -1n
    expect(isPart({ amount: amount(team(3)), total: POOL, of: [3, 4] })).toBe(true)
    expect(isPart({ amount: amount(team(4)), total: POOL, of: [1, 4] })).toBe(true)
    expect(amount(team(25))).toBe(0n)
    await expectAccessible(page)
  })

  test('the CSV holds every digit, and each of its columns is the pool', async () => {
    const { name, rows } = await download(page.getByRole('button', { name: 'CSV' }))
    expect(name).toBe('methods-Split.csv')
    const [header = [], ...lines] = rows
    expect(header).toEqual([
      'Element',
      'Kind',
      ...['Now', 'Even', 'Fixed at the shares before', 'By cost of Owner', 'By reads'].map(
        (method) => `${method} (BilledCost, USD)`,
      ),
    ])
    expect(lines.at(-1)?.slice(0, 2)).toEqual(['Pool', 'total'])
    expect(lines.filter(([, kind]) => kind === 'element').map(([element]) => element)).toHaveLength(25)
    for (const column of [2, 3, 4, 5, 6]) {
      expect(sumOf(rows, column), header[column]).toBe(POOL)
      expect(toUnits(lines.at(-1)?.[column] ?? ''), header[column]).toBe(POOL)
    }
    const drawn = await readComparison(table())
    const written = new Map(lines.map(([element = '', , ...amounts]) => [element, amounts.map(toUnits)]))
    for (const [element, cells] of drawn.rows)
      expect(written.get(element), element).toEqual(cells.map(({ amount }) => amount))
  })

  test('on a narrow screen nothing scrolls sideways but the table', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.reload()
    await expect(table()).toBeVisible()
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
    await page.setViewportSize({ width: 1440, height: 900 })
  })
})

test.describe('what an unsaved definition would give', () => {
  const sheet = () => page.getByRole('dialog', { name: 'What if' })
  const table = (dimension: string) => sheet().getByRole('table', { name: `${dimension}, 1 – 5 Sep 2024` })
  const ask = () => page.getByRole('button', { name: 'What if over…' })
  let before: unknown
  let runs: unknown

  test('is asked of a text without errors alone', async () => {
    before = await now()
    runs = (await apiOf(server).get('/api/v1/runs')).body
    await page.goto(`${server.url}/dimensions`)
    await writeDefinitions(page, YAML.replace('Streams: [writes]', 'Streems: [reads]'))
    await expect(page.getByText(/Streems/).last()).toBeVisible()
    await expect(page.getByText('Shown once the definition has no errors.')).toBeVisible()
    await expect(ask()).toHaveCount(0)
  })

  test('stands beside what is now, over any days, with the same total', async () => {
    await writeDefinitions(page, YAML.replace('Streams: [writes]', 'Streams: [reads]'))
    await ask().click()
    await expect(sheet().getByRole('table', { name: 'Database by team, 31 Aug – 5 Sep 2024' })).toBeVisible()
    await sheet()
      .getByRole('button', { name: /^Range: / })
      .click()
    await page.getByLabel('First day').fill(FIRST)
    await page.getByLabel('Last day').fill(LAST)
    await page.getByRole('button', { name: 'Show these days' }).click()
    await expect(table('Database by team')).toBeVisible()
    // What stood there stays until the answer has come, under the new title.
    await expect(sheet().locator('[aria-busy=true]')).toHaveCount(0)
    const comparison = await readComparison(table('Database by team'))
    expect(comparison.columns).toEqual(['Now', 'After'])
    expectWhole(comparison, { total: TOTAL, shown: '$98.75 Exactly $98.750000000005' })
    const { rows } = comparison
    const [was, will] = rows.get(team(25)) ?? []
    expect(isPart({ amount: was?.amount ?? 0n, total: WRITTEN, of: [25, 325] })).toBe(true)
    expect(isPart({ amount: will?.amount ?? 0n, total: POOL, of: [4, 5] })).toBe(true)
    expect(will?.difference).toBeGreaterThan(toUnits('42'))
    expect(rows.get(team(23))?.[1]).toMatchObject({ amount: 0n, share: '0.0%' })
    expect(rows.get(team(23))?.[1]?.difference).toBeLessThan(0n)
    expect(rows.get('Unallocated: no telemetry')?.map(({ amount }) => amount)).toEqual([POOL - WRITTEN, 0n])
    expect(rows.get('Outside of the pool')?.map(({ amount }) => amount)).toEqual([TOTAL - POOL, TOTAL - POOL])
    await expectAccessible(page)
  })

  test('its CSV holds every digit, and the difference', async () => {
    const { name, rows } = await download(sheet().getByRole('button', { name: 'CSV' }))
    expect(name).toBe('what-if-Split.csv')
    expect(rows[0]?.slice(2)).toEqual(['Now', 'After', 'Difference'].map((side) => `${side} (BilledCost, USD)`))
    expect([sumOf(rows, 2), sumOf(rows, 3), sumOf(rows, 4)]).toEqual([TOTAL, TOTAL, 0n])
    for (const [element, , was = '', will = '', difference = ''] of rows.slice(1))
      expect(toUnits(difference), element).toBe(toUnits(will) - toUnits(was))
  })

  test('reaches what goes by the split, too', async () => {
    await select(sheet(), 'Dimension', 'Whole cost')
    await expect(table('Whole cost')).toBeVisible()
    await expect(sheet().locator('[aria-busy=true]')).toHaveCount(0)
    const comparison = await readComparison(table('Whole cost'))
    expectWhole(comparison, { total: TOTAL, shown: '$98.75 Exactly $98.750000000005' })
    // 6 a day of its own, and what it writes of the database.
    const [was, will] = comparison.rows.get(team(3)) ?? []
    expect(isPart({ amount: (was?.amount ?? 0n) - toUnits('30'), total: WRITTEN, of: [3, 325] })).toBe(true)
    expect(will?.amount).toBe(toUnits('30'))
  })

  test('on a narrow screen nothing scrolls sideways but the table', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await expect(table('Whole cost')).toBeVisible()
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
    await page.setViewportSize({ width: 1440, height: 900 })
  })

  test('saves nothing', async () => {
    await page.keyboard.press('Escape')
    await expect(sheet()).toHaveCount(0)
    await page.getByRole('button', { name: 'Discard' }).click()
    await expect(page.getByRole('textbox', { name: 'Definitions in YAML' })).toContainText('Streams: [writes]')
    const api = apiOf(server)
    expect((await api.get('/api/v1/costformation')).text).toBe(YAML)
    expect((await api.get('/api/v1/costformation/versions')).body.versions).toHaveLength(1)
    expect((await api.get('/api/v1/runs')).body).toEqual(runs)
    expect(await now()).toEqual(before)
  })
})
