import { gzipSync } from 'node:zlib'
import { expect, type Locator, type Page, test } from '@playwright/test'
import { expectAccessible, setUp } from './browser'
import { discard, type Server, startServer } from './server'

let server: Server
let page: Page
test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  server = await startServer({ env: { BOOTSTRAP_API_KEY: '' } })
  page = await (await browser.newContext()).newPage()
  await setUp(page, server.url)
  await page.getByRole('link', { name: 'Bills' }).first().click()
  await expect(page).toHaveURL(/\/costs$/)
  await expect(page.getByText('No imports yet')).toBeVisible()
})
test.afterAll(async () => {
  await page.context().close()
  await discard(server)
})

const HEADER = 'BilledCost,BillingCurrency,BillingPeriodStart,ChargePeriodStart,ChargePeriodEnd,ServiceName'

/** A FOCUS bill of one month, with a line a cost. */
function focus(month: string, costs: readonly string[]): Buffer {
  const lines = costs.map((cost) => `${cost},USD,${month}-01,${month}-05,${month}-06,Amazon RDS`)
  return Buffer.from([HEADER, ...lines, ''].join('\n'))
}

const csv = (name: string, buffer: Buffer) => ({ name, mimeType: 'text/csv', buffer })

async function choose(...files: ReturnType<typeof csv>[]): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(files)
}

const upload = () => page.getByRole('button', { name: /^Upload/ }).click()

/** An import in the list, by the name of its file. */
const importOf = (name: string): Locator => page.getByRole('listitem').filter({ hasText: name }).first()

async function imported(name: string, outcome = 'Completed'): Promise<Locator> {
  const item = importOf(name)
  await expect(item.getByText(outcome, { exact: true })).toBeVisible({ timeout: 60_000 })
  return item
}

async function select(label: string, option: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${label}: `) }).click()
  await page.getByRole('menuitemradio', { name: option, exact: true }).click()
}

const OWN = [
  'Belegnr;Betrag (EUR);Leistungstag;Produkt;Team',
  '1;"1.234,50";05.09.2024;Datenbank;Data',
  '2;oops;06.09.2024;Server;Web',
  '3;0,25;07.09.2024;Server;Web',
  '',
].join('\n')

test('a bill is recognised before it is uploaded, packed as well', async () => {
  await choose(csv('first.csv.gz', gzipSync(focus('2024-08', ['1', '2']))))
  await expect(page.getByText(/^FOCUS 1\.\d, 6 columns, separated by commas$/)).toBeVisible()
  await expect(page.getByText('The first 2 rows can be read.')).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel('Source name').fill('aws')
  await upload()
  const item = await imported('first.csv.gz')
  await expect(item).toContainText('Holds August 2024 (2 rows).')
  await expect(item.getByText(/^FOCUS 1\.\d$/)).toBeVisible()
})

test('several files are one import, and take the place of what was there', async () => {
  await choose(csv('a.csv', focus('2024-08', ['10'])), csv('b.csv', focus('2024-08', ['20', 'x', '30'])))
  await expect(page.getByRole('list', { name: 'Files of this bill' }).getByRole('listitem')).toHaveCount(2)
  await upload()
  const item = await imported('a.csv, b.csv')
  await expect(item).toContainText('3 rows, 1 rejected')
  await expect(item).toContainText('2 files')
  await expect(importOf('first.csv.gz')).toContainText('August 2024 was replaced by a.csv, b.csv.')
  await item.getByText('Rejected rows (1)').click()
  const row = item.getByRole('row', { name: /BilledCost/ })
  await expect(row).toContainText('b.csv')
  await expect(row).toContainText('3')
  await expect(row).toContainText('x')
  await expectAccessible(page)
  const download = page.waitForEvent('download')
  await item.getByRole('link', { name: 'Download all rejected rows' }).click()
  expect((await download).suggestedFilename()).toMatch(/^rejected-.*\.csv$/)
})

test('an import is rolled back to the one before, and brought back, after it says what will count', async () => {
  await importOf('a.csv, b.csv').getByRole('button', { name: 'Roll back' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('August 2024: first.csv.gz (2 rows)')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Roll it back' }).click()
  await expect(importOf('first.csv.gz')).toContainText('Holds August 2024 (2 rows).')
  await expect(importOf('a.csv, b.csv')).toContainText('August 2024 was rolled back.')
  await importOf('a.csv, b.csv').getByRole('button', { name: 'Bring back' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Bring it back' }).click()
  await expect(importOf('a.csv, b.csv')).toContainText('Holds August 2024 (3 rows).')
})

test('a bill is appended, and refused when its content counts already', async () => {
  await page.getByRole('radio', { name: 'Append' }).click()
  await choose(csv('more.csv', focus('2024-08', ['5'])))
  await upload()
  await expect(await imported('more.csv')).toContainText('Holds August 2024 (1 row).')
  await expect(importOf('a.csv, b.csv')).toContainText('Holds August 2024 (3 rows).')
  await choose(csv('more-again.csv', focus('2024-08', ['5'])))
  await upload()
  await expect(page.getByRole('alert').filter({ hasText: /more\.csv|already/ })).toBeVisible()
  await page.getByRole('radio', { name: 'Replace' }).click()
})

test('too many bad rows fail an import, with nothing changed', async () => {
  await page.getByText('Options', { exact: true }).click()
  await page.getByLabel('Most bad rows, in %').fill('10')
  await choose(csv('bad.csv', focus('2024-08', ['1', 'y', '3'])))
  await expect(page.getByText('1 of the first 3 rows would be refused.')).toBeVisible()
  await expect(page.getByRole('region', { name: 'The first rows as they will be' })).toContainText('is not a decimal')
  await expectAccessible(page)
  await upload()
  await expect(await imported('bad.csv', 'Failed')).toContainText('more than the 10 % that this import allows')
  await expect(importOf('a.csv, b.csv')).toContainText('Holds August 2024 (3 rows).')
  await page.getByLabel('Most bad rows, in %').fill('50')
})

test('any CSV is mapped, with its rows in sight, and the next one of its source maps itself', async () => {
  await choose(csv('finance.csv', Buffer.from(OWN)))
  await page.getByLabel('Source name').fill('finance')
  await expect(page.getByText(/Say which column is what/)).toBeVisible()
  await expect(page.getByText(/Seen: "Belegnr".*Accepted: FOCUS/)).toBeVisible()
  await expectAccessible(page)
  await select('Cost', 'Betrag (EUR)')
  await select('Numbers are written as', '1.234,50')
  await select('Period', 'Leistungstag')
  await select('Period is written as', '30.09.2024')
  await select('Service', 'Produkt')
  await page.getByRole('textbox', { name: 'Code' }).fill('EUR')
  await page.getByRole('checkbox', { name: 'Team' }).check()
  const rows = page.getByRole('region', { name: 'The first rows as they will be' })
  await expect(rows.getByRole('row', { name: /1234\.5/ })).toContainText('2024-09-05')
  await expect(rows.getByRole('row', { name: /1234\.5/ })).toContainText('Team: Data')
  await expect(rows.getByRole('row', { name: /oops/ })).toContainText('Betrag (EUR) “oops” is not a')
  await expectAccessible(page)
  await expect(page.getByRole('checkbox', { name: /Save as profile for source finance/ })).toBeChecked()
  await upload()
  const item = await imported('finance.csv')
  await expect(item).toContainText('2 rows, 1 rejected')
  await expect(item).toContainText('Mapped CSV')

  await choose(csv('finance-october.csv', Buffer.from(OWN.replaceAll('.09.', '.10.').replace('oops', '7,00'))))
  await expect(page.getByText(/read by the profile of the source finance\. The first 3 rows can be read/)).toBeVisible()
  await upload()
  await expect(await imported('finance-october.csv')).toContainText('Holds October 2024 (3 rows).')
  await expect(page.getByRole('listitem').filter({ hasText: 'Cost from Betrag (EUR)' })).toBeVisible()
})

test('a mapping of one file alone is not kept', async () => {
  await choose(csv('once.csv', Buffer.from('Net,On\n1,2024-07-01\n')))
  await page.getByLabel('Source name').fill('once')
  await expect(page.getByText(/Say which column is what/)).toBeVisible()
  await select('Cost', 'Net')
  await select('Period', 'On')
  await page.getByRole('checkbox', { name: /Save as profile/ }).uncheck()
  await upload()
  await expect(await imported('once.csv')).toContainText('Holds July 2024 (1 row).')
  await expect(page.getByRole('button', { name: 'Forget the profile of once' })).toHaveCount(0)
})

test('the screen stays in its width on a narrow one', async () => {
  await page.setViewportSize({ width: 390, height: 844 })
  await choose(
    csv('wide.csv', Buffer.from(`${Array.from({ length: 60 }, (_, i) => `column number ${i}`).join(',')}\n`)),
  )
  await expect(page.getByText(/Say which column is what/)).toBeVisible()
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow).toBeLessThanOrEqual(0)
  await expectAccessible(page)
})
