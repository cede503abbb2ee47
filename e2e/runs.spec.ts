import { expect, type Locator, type Page, test } from '@playwright/test'
import { apiOf, focusBill } from './api'
import { ADMIN, expectAccessible, expectNoSidewaysScroll, setUp, writeDefinitions } from './browser'
import { discard, type Server, startServer } from './server'

const DAY = '2024-09-05'
const BILL = [
  { day: DAY, cost: '100', service: 'platform' },
  { day: DAY, cost: '40', service: 'monitoring' },
]
/** Two pools that hand on to each other, and one split that goes by nothing. */
const YAML = `Dimensions:
  Pool:
    Name: Pool
    DefaultValue: No pool
    Rules: [{Type: GroupBy, Source: Service}]
  Split:
    Name: Services by product
    Type: Allocation
    AllocateByStreams: {Streams: [use]}
    Mutual: Reciprocal
  Plain:
    Name: By hand
    Type: Allocation
    AllocateByRules:
      AllocationMethod: {Method: Fixed, Weights: {Email: 3, Chat: 1}}
      SpendToAllocate: {Conditions: [{Source: Service, Equals: platform}]}
`
const PATH = '/unit-cost/v1/telemetry/allocation/use'
const RANGE = { from: DAY, to: '2024-09-06', metric: 'EffectiveCost' }

const record = (pool: string, element_name: string, value?: number) => ({
  timestamp: `${DAY}T00:00:00Z`,
  granularity: 'DAILY',
  filter: { 'custom:Pool': [pool] },
  element_name,
  ...(value === undefined ? {} : { value }),
})
const USE = [
  record('platform', 'monitoring', 50),
  record('platform', 'Email', 30),
  record('platform', 'Chat', 20),
  record('monitoring', 'platform', 20),
  record('monitoring', 'Email', 20),
  record('monitoring', 'Chat', 60),
]

let server: Server
let page: Page
test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  server = await startServer()
  page = await (await browser.newContext()).newPage()
  await setUp(page, server.url)
})
test.afterAll(async () => {
  await page.context().close()
  await discard(server)
})

const api = () => apiOf(server)
const settled = () => api().settled('Split', { ...RANGE, granularity: 'total' })
async function send(operation: string, records: unknown): Promise<void> {
  const sent = await api().post(`${PATH}/${operation}`, JSON.stringify({ records }))
  expect(sent.status, sent.text).toBe(operation === 'delete' ? 201 : 200)
}
/** Nobody outside of the pools uses them any more. */
const leaveThemAlone = () =>
  send(
    'delete',
    ['platform', 'monitoring'].flatMap((pool) => ['Email', 'Chat'].map((element) => record(pool, element))),
  )

const runs = () => page.getByRole('table', { name: 'Allocation runs, newest first' })
const newest = () => runs().getByRole('row').nth(1)
const changes = () => page.getByRole('table', { name: 'Cost by dimension before and after the run' })
const open = (path: string, query: Record<string, string> = {}) =>
  page.goto(`${server.url}${path}?${new URLSearchParams(query)}`)
/** By keyboard: what is read out before the number lies beside it. */
const openRun = (row: Locator) => row.getByRole('link', { name: /^Run #/ }).press('Enter')
const cellsOf = (row: Locator) => row.getByRole('cell')

test('without anything to compute there is no run', async () => {
  await open('/runs')
  await expect(page.getByText('Nothing was computed yet')).toBeVisible()
  await expectAccessible(page)
})

test('a run says what made it necessary and who did it, and stands there without a reload', async () => {
  await api().imported(await api().importBill(focusBill(BILL), 'aws'))
  await open('/dimensions')
  await writeDefinitions(page, YAML)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Saved as version 1')).toBeVisible()
  await settled()

  await open('/')
  await page.getByRole('link', { name: 'Runs' }).click()
  await expect(page).toHaveURL(`${server.url}/runs`)
  await expect(newest()).toContainText(`version 1 of the definitions by ${ADMIN.email}`)
  await expect(newest()).toContainText('Completed')
  await expect(newest()).toContainText('1 dimension changed')

  await page.evaluate(() => Object.assign(window, { untouched: true }))
  // Of another day: the pools are known, and nothing splits what they cost.
  await send(
    'sum',
    USE.map((one) => ({ ...one, timestamp: '2024-09-04T00:00:00Z' })),
  )
  await expect(newest()).toContainText('1 batch to use by bootstrap', { timeout: 60_000 })
  await expect(newest()).toContainText('Completed')
  await expect(newest()).toContainText('1 dimension changed')
  expect(await page.evaluate(() => 'untouched' in window)).toBe(true)
  await expectAccessible(page)
})

test('a run tells what of each dimension’s cost it changed', async () => {
  await send('sum', USE)
  await settled()
  await open('/runs')
  await openRun(newest())
  await expect(page).toHaveURL(/\/runs\/\d+$/)
  await expect(page.getByRole('heading', { level: 1, name: /^Run \d+$/ })).toBeVisible()
  await expect(page.getByText('Completed', { exact: true })).toBeVisible()
  const split = changes().getByRole('row', { name: /^Services by product/ })
  await expect(cellsOf(split)).toHaveText(['$140.00', '$140.00', '–', '$140.00', '$0.00', '−$140.00'])
  await expect(page.getByText('Days of cost')).toBeVisible()
  await expect(page.locator('dl > div').filter({ hasText: 'Days of cost' })).toHaveText('Days of cost1')
  await expectAccessible(page)
  await split.getByRole('link').click()
  await expect(page).toHaveURL(/\/\?dimension=Split/)
  await expect(page.getByRole('heading', { name: 'Pool of Services by product' })).toBeVisible()
  await page.goBack()
  await page.getByRole('link', { name: '1 batch to use' }).click()
  await expect(page).toHaveURL(/\/streams\/use\?tab=batches$/)

  await api().imported(
    await api().importBill(focusBill([...BILL, { day: DAY, cost: '60', service: 'platform' }]), 'aws'),
  )
  await settled()
  await open('/runs')
  await openRun(
    runs()
      .getByRole('row', { name: /a bill of aws by bootstrap/ })
      .first(),
  )
  await expect(cellsOf(changes().getByRole('row', { name: /^Services by product/ }))).toHaveText([
    '$140.00',
    '$200.00',
    '+$60.00',
    '$0.00',
    '$0.00',
    '–',
  ])
  await expect(cellsOf(changes().getByRole('row', { name: /^By hand/ }))).toHaveText([
    '$100.00',
    '$160.00',
    '+$60.00',
    '$0.00',
    '$0.00',
    '–',
  ])
})

/** Of 200: each pool's own, and what the other one hands on to it. */
const GOOD = { Email: '$82.67', Chat: '$117.33' }
const banner = () => page.getByRole('paragraph').filter({ hasText: 'The last run failed' })
const term = (name: string) => page.getByRole('button', { name: new RegExp(`^${name} .*Explain this amount`) }).first()

async function expectSplit(amounts: Record<string, string>): Promise<void> {
  for (const [name, amount] of Object.entries(amounts)) await expect(term(name)).toContainText(amount)
}

async function expectFailure(): Promise<void> {
  await expect
    .poll(
      async () => {
        const path = `/api/v1/allocations/Split?${new URLSearchParams({ ...RANGE, granularity: 'total' })}`
        return (await api().get(path)).body.failure
      },
      { timeout: 60_000, intervals: [100] },
    )
    .toMatchObject({ error: expect.stringContaining('feed only each other') })
}

test('a run that fails leaves the last good numbers, and every screen of the split says so', async () => {
  await leaveThemAlone()
  await expectFailure()
  for (const [path, query] of [
    ['/coverage', { dimension: 'Split' }],
    ['/compare', { dimension: 'Split' }],
    ['/explorer', { group: 'custom:Services by product' }],
    ['/', { dimension: 'Split' }],
  ] as const) {
    await open(path, { ...RANGE, ...query })
    await expect(banner(), path).toContainText('the pools monitoring, platform feed only each other at 2024-09-05')
    await expect(banner(), path).toContainText('those of the last good run')
    await expectAccessible(page)
  }
  await expectSplit(GOOD)
  await open('/', { ...RANGE, dimension: 'Plain' })
  await expectSplit({ Email: '$120.00', Chat: '$40.00' })
  await expect(banner()).toHaveCount(0)
})

test('the banner leads to the run, which says why it failed', async () => {
  await open('/', { ...RANGE, dimension: 'Split' })
  await page.getByRole('link', { name: /^Look at run \d+$/ }).click()
  await expect(page).toHaveURL(/\/runs\/\d+$/)
  const alert = page.getByRole('alert').filter({ hasText: 'It failed' })
  await expect(alert).toContainText('the last good run stays in force')
  await expect(alert).toContainText('feed only each other')
  await expect(page.getByText('1 batch to use')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Runs', exact: true }).first().click()
  await page.getByRole('radio', { name: 'Failed' }).click()
  await expect(page).toHaveURL(/status=failed/)
  await expect(runs().getByRole('row')).toHaveCount(2)
  await expect(runs().getByRole('row').last()).toContainText('Failed')
  await expect(runs()).not.toContainText('Completed')
})

/** Waits for new numbers on the screen that is open. */
async function expectMended(amounts: Record<string, string>): Promise<void> {
  await expect(banner()).toHaveCount(0, { timeout: 60_000 })
  await expectSplit(amounts)
  expect(await page.evaluate(() => 'untouched' in window), 'the page was loaded again').toBe(true)
}

test('another definition mends it, and the banner goes by itself', async () => {
  await open('/', { ...RANGE, dimension: 'Split' })
  await expect(banner()).toBeVisible()
  await page.evaluate(() => Object.assign(window, { untouched: true }))
  expect((await api().put('/api/v1/costformation', YAML.replace('    Mutual: Reciprocal\n', ''))).status).toBe(200)
  await expectMended({ monitoring: '$160.00', platform: '$40.00' })
})

test('telemetry of somebody outside of the pools mends it, too', async () => {
  expect((await api().put('/api/v1/costformation', YAML)).status).toBe(200)
  await expectFailure()
  await open('/', { ...RANGE, dimension: 'Split' })
  await expect(banner()).toBeVisible()
  await expectSplit({ monitoring: '$160.00', platform: '$40.00' })
  await page.evaluate(() => Object.assign(window, { untouched: true }))
  await send('sum', [record('platform', 'Email', 10)])
  await expectMended({ Email: '$200.00' })
})

test('on a narrow screen nothing scrolls sideways but the tables', async () => {
  await page.setViewportSize({ width: 390, height: 844 })
  await open('/runs')
  await expect(runs()).toBeVisible()
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
  await openRun(
    runs()
      .getByRole('row', { name: /Failed/ })
      .first(),
  )
  await expect(page.getByRole('alert').filter({ hasText: 'It failed' })).toBeVisible()
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
})
