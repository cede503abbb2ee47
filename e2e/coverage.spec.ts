import { expect, type Page, test } from '@playwright/test'
import { apiOf, focusBill } from './api'
import { expectAccessible, expectNoSidewaysScroll, setUp } from './browser'
import { discard, type Server, startServer } from './server'

/** A shared database that costs 10 on the first day, 20 on the second, and so on. */
const CHARGES = [1, 2, 3, 4, 5].flatMap((n) => [
  { day: `2024-09-0${n}`, cost: String(10 * n), service: 'Database' },
  { day: `2024-09-0${n}`, cost: '1', service: 'Support' },
])
const YAML = `Dimensions:
  Shared:
    Name: Shared
    DefaultValue: Not shared
    Rules:
      - Type: Group
        Name: Pool
        Conditions: [{Source: Service, Equals: Database}]
  Split:
    Name: Database by team
    Type: Allocation
    AllocateByStreams: {Streams: [writes]}
  Rest:
    Name: Support by team
    Type: Allocation
    AllocateByRules:
      AllocationMethod: {Method: Fixed, Weights: {Email: 1}}
      SpendToAllocate: {Conditions: [{Source: Service, Equals: Support}]}
`

const csvOf = (records: readonly [day: number, element: string, value: number, pool: string][]) =>
  `timestamp,granularity,element_name,value,custom:Shared\n${records
    .map(([day, ...cells]) => `2024-09-0${day}T00:00:00Z,DAILY,${cells.join(',')}\n`)
    .join('')}`

/** Zero on the second day, nothing on the third, and on the fourth a record for a pool that there is not. */
const WRITES = csvOf([
  [1, 'Email', 1, 'Pool'],
  [1, 'Chat', 3, 'Pool'],
  [2, 'Email', 0, 'Pool'],
  [2, 'Chat', 0, 'Pool'],
  [4, 'Email', 5, 'Pool'],
  [4, 'Email', 7, 'No such pool'],
  [5, 'Chat', 2, 'Pool'],
])
const RANGE = { from: '2024-09-01', to: '2024-09-08', metric: 'BilledCost' }

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

const settled = () => apiOf(server).settled('Split', { ...RANGE, granularity: 'daily' })
const open = () => page.goto(`${server.url}/coverage?${new URLSearchParams({ ...RANGE, dimension: 'Split' })}`)
const strip = (name: string) => page.getByRole('region', { name, exact: true })
/** A day as it is read out: what it is, what is at stake, what is known of it. */
const words = (weekday: string, day: number, status: string, cost: number, facts = '$') =>
  new RegExp(`${weekday}, ${day} September 2024: ${status} \\$${cost}(\\.00)?${facts}`)
const worst = () => page.getByRole('table', { name: 'Days to look at' })

test('without a bill, and without a split, it says what to do', async () => {
  await page.goto(`${server.url}/coverage`)
  await expect(page.getByText('No cost yet')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Load a bill' })).toBeVisible()
  await expectAccessible(page)
  const api = apiOf(server)
  await api.imported(await api.importBill(focusBill(CHARGES)))
  await page.reload()
  await expect(page.getByText('Nothing is split yet')).toBeVisible()
  await page.getByRole('link', { name: 'Define a split' }).click()
  await expect(page).toHaveURL(`${server.url}/dimensions`)
  await api.sendCsv('writes', WRITES)
  expect((await api.put('/api/v1/costformation', YAML)).status).toBe(200)
  await settled()
})

test('says in words which days are missing, zero, or match no cost, and what they cost', async () => {
  await page.goto(`${server.url}/?${new URLSearchParams({ ...RANGE, dimension: 'Split' })}`)
  await page.getByRole('link', { name: 'Coverage' }).click()
  await expect(page).toHaveURL(/\/coverage\?dimension=Split&from=2024-09-01&to=2024-09-08/)
  await expect(page.getByText('$50.00 of $150.00 (33.3%) had nothing to be split by.')).toBeVisible()
  await expect(strip('writes')).toContainText('3 days to look into')
  await expect(strip('writes').getByRole('listitem')).toContainText([
    words('Sunday', 1, 'covered', 10, '; 2 records in'),
    words('Monday', 2, 'zero', 20, '; 2 records in, 2 records of zero'),
    words('Tuesday', 3, 'missing', 30, '; no record'),
    words('Wednesday', 4, 'no such cost', 40, '; 2 records in, 1 record that meets? no cost'),
    words('Thursday', 5, 'covered', 50, '; 1 record in'),
    'Friday, 6 September 2024: no cost',
    'Saturday, 7 September 2024: no cost',
  ])
  await expect(strip('Pool')).toContainText('2 days to look into')
  await expect(strip('Pool').getByRole('listitem')).toContainText([
    words('Sunday', 1, 'covered', 10),
    words('Monday', 2, 'zero', 20),
    words('Tuesday', 3, 'missing', 30),
    words('Wednesday', 4, 'covered', 40),
    words('Thursday', 5, 'covered', 50),
    'Friday, 6 September 2024: no cost',
    'Saturday, 7 September 2024: no cost',
  ])
  await expect(page.getByRole('list', { name: 'Legend' }).getByRole('listitem')).toContainText([
    'Missing',
    'Zero',
    'No such cost',
    'Covered',
    'No cost',
  ])
  await expect(worst().getByRole('row')).toContainText([
    'Days',
    /^3 Sep 2024\s*writes\s*Missing\s*\$30\.00\s*no record/,
    /^2 Sep 2024\s*writes\s*Zero\s*\$20\.00\s*2 records in, 2 records of zero/,
    /^4 Sep 2024\s*writes\s*No such cost\s*\$40\.00/,
  ])
  await expectAccessible(page)
})

test('each day leads to where it is explained or mended', async () => {
  await strip('Pool')
    .getByRole('link', { name: /3 September/ })
    .click()
  const drawer = page.getByRole('dialog', { name: 'Why is this unallocated?' })
  await expect(drawer).toContainText('3 Sep 2024')
  await expect(drawer).toContainText(/no telemetry/i)
  await open()
  await worst()
    .getByRole('link', { name: /^Look at the records\s*, 2024-09-04$/ })
    .click()
  await expect(page).toHaveURL(/\/streams\/writes\?tab=records$/)
  await expect(page.getByRole('row', { name: /No such pool/ })).toContainText('4 Sep 2024')
  await open()
  await page.getByRole('link', { name: 'writes', exact: true }).click()
  await expect(page).toHaveURL(/\/streams\/writes\?tab=coverage$/)
  await expect(page.getByRole('tab', { name: 'Coverage' })).toHaveAttribute('aria-selected', 'true')
  await expect(strip('writes').getByRole('listitem')).toHaveCount(5)
  await expectAccessible(page)
  await page.getByRole('link', { name: 'See the split' }).click()
  await expect(page).toHaveURL(/\/\?dimension=Split/)
  await expect(page.getByRole('heading', { name: 'Pool of Database by team' })).toBeVisible()
})

test('a split by rules is covered without a stream', async () => {
  await open()
  await page.getByRole('button', { name: 'Split: Database by team' }).click()
  await page.getByRole('menuitemradio', { name: 'Support by team' }).click()
  await expect(page).toHaveURL(/dimension=Rest/)
  await expect(page.getByText('All of $5.00 had something to be split by.')).toBeVisible()
  await expect(strip('Pool')).toContainText('nothing missing')
  await expect(strip('writes')).toHaveCount(0)
  await expect(worst()).toHaveCount(0)
})

test('on a narrow screen nothing scrolls sideways but the table', async () => {
  await page.setViewportSize({ width: 390, height: 844 })
  await open()
  await expect(worst()).toBeVisible()
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
  await page.setViewportSize({ width: 1440, height: 900 })
})

test('what was missing is sent from there, and is covered', async () => {
  await open()
  await worst()
    .getByRole('link', { name: /^Send what is missing\s*, 2024-09-03$/ })
    .click()
  await expect(page).toHaveURL(/\/streams\/writes\?tab=send$/)
  const csv = Buffer.from(csvOf([[3, 'Email', 1, 'Pool']]))
  await page.locator('input[type=file]').setInputFiles({ name: 'third.csv', mimeType: 'text/csv', buffer: csv })
  await page.getByRole('button', { name: /^Upload/ }).click()
  await expect(page.getByText('1 record accepted as batch 2.')).toBeVisible()
  await settled()
  await open()
  await expect(page.getByText('$20.00 of $150.00 (13.3%) had nothing to be split by.')).toBeVisible()
  await expect(strip('writes').getByRole('listitem').nth(2)).toContainText(
    words('Tuesday', 3, 'covered', 30, '; 1 record in'),
  )
  await expect(strip('writes')).toContainText('2 days to look into')
  await expect(worst().getByRole('row', { name: /3 Sep 2024/ })).toHaveCount(0)
})
