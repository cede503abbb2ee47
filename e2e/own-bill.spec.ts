import { readFileSync } from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { apiOf, dailyRecords } from './api'
import { expectAccessible, setUp, writeDefinitions } from './browser'
import { discard, type Server, startServer } from './server'

const YAML = readFileSync('e2e/fixtures/definitions.yaml', 'utf8')

let server: Server
let page: Page
test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  server = await startServer({ env: { BOOTSTRAP_API_KEY: '' } })
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
  page = await context.newPage()
  await setUp(page, server.url)
})
test.afterAll(async () => {
  await page.context().close()
  await discard(server)
})

test('a bill is uploaded with its progress, and a bad one is explained', async () => {
  await page.getByRole('link', { name: 'Start with my bill' }).click()
  await expect(page).toHaveURL(/\/costs\?upload=1/)
  const file = page.locator('input[type=file]').first()
  await file.setInputFiles({ name: 'not-a-bill.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n1,2\n') })
  await expect(page.getByText(/no bill in a known format.*Seen: "a", "b"\. Accepted: FOCUS/)).toBeVisible()
  await expect(page.getByText('Choose the cost and the period')).toBeVisible()
  await expectAccessible(page)

  const sample = readFileSync('public/example/focus-1.0-sample.csv', 'utf8').split('\n')
  // The second record's cost is broken.
  sample[2] = String(sample[2]).replace(/^("[^"]*"|[^,]*),[^,]*/, '$1,twelve')
  await file.setInputFiles({ name: 'september.csv', mimeType: 'text/csv', buffer: Buffer.from(sample.join('\n')) })
  await page.getByLabel('Source name').fill('aws')
  await page.getByRole('button', { name: /^Upload/ }).click()
  await expect(page.getByText('september.csv').first()).toBeVisible()
  await expect(page.getByText('Completed').first()).toBeVisible()
  await expect(page.getByText(/1 row.* (rejected|refused)|1 rejected/).first()).toBeVisible()
  await expect(page.getByText('Amazon Elastic Compute Cloud').first()).toBeVisible()
})

test('importing the same month again replaces it', async () => {
  const file = page.locator('input[type=file]').first()
  await file.setInputFiles({
    name: 'september-corrected.csv',
    mimeType: 'text/csv',
    buffer: readFileSync('public/example/focus-1.0-sample.csv'),
  })
  await page.getByRole('button', { name: /^Upload/ }).click()
  await expect(page.getByText('september-corrected.csv').first()).toBeVisible()
  await page.goto(`${server.url}/costs?metric=BilledCost`)
  await expect(page.getByText('$20.52').first()).toBeVisible()
})

test('the editor says what is wrong and where, and saves what is right', async () => {
  await page.goto(`${server.url}/dimensions`)
  await writeDefinitions(page, YAML.replace('Type: Allocation', 'Type: Alocation'))
  await expect(page.getByText(/Alocation/).last()).toBeVisible()
  await expect(page.getByText(/line 12|12:|Line 12/).first()).toBeVisible()
  await expectAccessible(page)
  await writeDefinitions(page, YAML)
  await expect(page.getByText(/has not sent anything yet/).last()).toBeVisible()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Saved as version 1')).toBeVisible()
  await page.getByRole('button', { name: /Shared RDS/ }).click()
  await expect(page.getByText('Shared Data Lake').last()).toBeVisible()
})

test('a stream is defined from what exists, sent to with its own curl line, and comes alive without a reload', async () => {
  await page.goto(`${server.url}/settings`)
  await page
    .getByRole('button', { name: /Create a key|New key|Create key/ })
    .first()
    .click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('writer')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: /Create/ }).click()
  const key = (await dialog.getByText(/^ap_/).first().textContent()) ?? ''
  expect(key).toMatch(/^ap_[\w-]{32}$/)

  await page.goto(`${server.url}/streams`)
  await page.getByRole('button', { name: 'Define a stream' }).first().click()
  await page.getByLabel('Name').fill('rds-writes-by-product')
  await page.getByRole('combobox', { name: /Filter keys/ }).fill('Shared RDS')
  await page
    .getByRole('option', { name: /Shared RDS/ })
    .first()
    .click()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Define the stream' }).click()
  await expect(page).toHaveURL(/rds-writes-by-product\?tab=send/)
  await expect(page.getByText('Pending').first()).toBeVisible()
  const curl = await page.locator('pre').first().textContent()
  expect(curl).toContain(`${server.url}/unit-cost/v1/telemetry/allocation/rds-writes-by-product/sum`)
  expect(curl).toContain('custom:Shared RDS')

  const accepted = await apiOf(server, key).post(
    '/unit-cost/v1/telemetry/allocation/rds-writes-by-product/sum',
    JSON.stringify({ records: dailyRecords(['2024-09-13', '2024-09-21']) }),
  )
  expect(accepted.status, accepted.text).toBe(200)
  await expect(page.getByText('All telemetry is loaded')).toBeVisible()
})

test('telemetry is uploaded as CSV; a bad row is named, and nothing of its file is taken', async () => {
  const file = page.locator('input[type=file]').first()
  const csv = (value: string) =>
    `timestamp,granularity,element_name,value,custom:Shared RDS\n2024-09-08,DAILY,Email,${value},Shared Data Lake\n`
  await file.setInputFiles({ name: 'bad.csv', mimeType: 'text/csv', buffer: Buffer.from(csv('many')) })
  await page.getByRole('button', { name: /^Upload/ }).click()
  await expect(page.getByText(/many/).first()).toBeVisible()
  await expectAccessible(page)
  await file.setInputFiles({ name: 'good.csv', mimeType: 'text/csv', buffer: Buffer.from(csv('7')) })
  await page.getByRole('button', { name: /^Upload/ }).click()
  await expect(page.getByText(/1 record/).first()).toBeVisible()
  await page.goto(`${server.url}/?metric=BilledCost`)
  await expect(page.getByRole('button', { name: /Email.*Explain this amount/ }).first()).toBeVisible()
  await expect(page.getByText('$0.7532').first()).toBeVisible()
})

test('a batch is undone, and comes back', async () => {
  await page.goto(`${server.url}/streams/rds-writes-by-product?tab=batches`)
  await page.getByRole('button', { name: 'Undo batch 2' }).click()
  await page.getByRole('dialog').getByRole('button', { name: /Undo/ }).click()
  await expect(page.getByRole('row', { name: /^#2/ })).toContainText('Undone')
  await page.getByRole('button', { name: 'Put back batch 2' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Put it back' }).click()
  await expect(page.getByRole('row', { name: /^#2/ })).not.toContainText('Undone')
})
