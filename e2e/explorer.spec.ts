import { readFileSync } from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import { Decimal } from 'decimal.js'
import { apiOf } from './api'
import { expectAccessible, setUp } from './browser'
import { discard, type Server, startServer } from './server'

const DEFINITIONS = `Dimensions:
  Category:
    Name: Category
    Child: Service
    Rules:
      - Type: GroupBy
        Source: ServiceCategory
`
const TOTAL = '20.52022672899'

let server: Server
let page: Page
test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  server = await startServer()
  const context = await browser.newContext()
  page = await context.newPage()
  await setUp(page, server.url)
  await expect(page).toHaveURL(`${server.url}/`)
})
test.afterAll(async () => {
  await page.context().close()
  await discard(server)
})

const table = () => page.getByRole('table', { name: 'Cost by group over the whole range' })
const explore = (search: string) => page.goto(`${server.url}/explorer${search}`)

test('without a bill it says what to do', async () => {
  await explore('')
  await expect(page.getByText('No cost yet')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Load a bill' })).toBeVisible()
  await expectAccessible(page)
})

test('the bill by service, the total exact, the rest as Other', async () => {
  const api = apiOf(server)
  await api.imported(await api.importBill(readFileSync('public/example/focus-1.0-sample.csv')))
  expect((await api.put('/api/v1/costformation', DEFINITIONS)).status).toBe(200)
  await explore('?top=5')
  await expect(page.getByText('billed cost is shown')).toBeVisible()
  await expect(page.locator(`[title="Exactly $${TOTAL}"]`).first()).toBeVisible()
  await expect(table().getByRole('row')).toHaveCount(8)
  await expect(table().getByRole('row').nth(6)).toContainText('Other (')
  await expectAccessible(page)
})

test('a filter is made by keyboard, and stands in the address', async () => {
  await page.getByRole('button', { name: 'Add a filter' }).press('Enter')
  await page.getByRole('combobox', { name: 'Filter by' }).fill('cloud prov')
  await page.keyboard.press('Enter')
  const values = page.getByRole('combobox', { name: 'Values of Cloud provider' })
  await expect(values).toBeFocused()
  await values.fill('micro')
  await expect(page.getByRole('option', { name: /Microsoft/ })).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/filter=cloud_provider=Microsoft/)
  await expect(page.getByRole('button', { name: 'Cloud provider is Microsoft', exact: true })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('button', { name: 'Cloud provider is Microsoft', exact: true })).toBeVisible()
  await page.getByRole('button', { name: /^Remove the filter/ }).click()
  await expect(page).not.toHaveURL(/filter=/)
})

test('a row leads down by the dimension’s child, and the trail back up', async () => {
  await explore('?group=custom:Category&metric=BilledCost')
  await table().getByRole('button', { name: 'Databases', exact: true }).click()
  await expect(page).toHaveURL(/filter=custom:Category=Databases/)
  await expect(page.getByRole('button', { name: 'Category is Databases', exact: true })).toBeVisible()
  await expect(table().getByRole('button', { name: 'Amazon Relational Database Service' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('navigation', { name: 'The way down' }).getByRole('button').first().click()
  await expect(page).toHaveURL(/group=custom:Category/)
  await expect(page).not.toHaveURL(/filter=/)
  await page.locator('.recharts-bar-rectangle').first().click()
  await expect(page).toHaveURL(/filter=custom:Category=/)
  await page.goBack()
  await expect(page).not.toHaveURL(/filter=/)
})

test('compared with the period before, billed or charged, in every form', async () => {
  await explore('?metric=BilledCost&compare=true&from=2024-09-16&to=2024-10-01')
  await expect(page.getByText('Before, 1 – 15 Sep 2024')).toBeVisible()
  await expect(table().getByRole('columnheader', { name: 'Change in %' })).toBeVisible()
  for (const form of ['Area', 'Lines']) {
    await page.getByRole('radio', { name: form }).click()
    await expect(page.getByRole('img', { name: form === 'Area' ? /^Stacked areas/ : /^Lines/ })).toBeVisible()
    await expectAccessible(page)
  }
  await page.getByRole('radio', { name: 'By period' }).click()
  await expect(page.getByRole('row', { name: /16 Sep/ })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Time basis: Charged in' }).click()
  await page.getByRole('menuitemradio', { name: /Billed in/ }).click()
  await expect(page).toHaveURL(/basis=billing/)
  await expect(page.getByRole('radio', { name: 'Month' })).toBeChecked()
  await expect(page.getByRole('radio', { name: 'Day' })).toHaveCount(0)
})

test('the CSV holds what is seen, in every digit', async () => {
  await explore('?metric=BilledCost&from=2024-09-01&to=2024-11-01&group=service&group=tag:environment&top=5')
  const href = await page.getByRole('link', { name: 'CSV' }).getAttribute('href')
  const response = await page.request.get(server.url + href)
  expect(response.headers()['content-disposition']).toContain('costs-BilledCost-2024-09-01-2024-11-01.csv')
  const rows = parse(await response.text(), { columns: true }) as Record<string, string>[]
  expect(rows).toHaveLength(6)
  const sum = rows.reduce((total, row) => total.plus(row['BilledCost (USD)'] ?? 'NaN'), new Decimal(0))
  expect(sum.toFixed()).toBe(TOTAL)
  expect(rows.at(-1)).toMatchObject({ Kind: 'other' })
})

test('an address that asks for what there is not says so', async () => {
  await explore('?group=custom:Categry')
  await expect(page.getByRole('alert').filter({ hasText: 'did you mean `Category`' })).toBeVisible()
  await expectAccessible(page)
  await explore('?filter=service=Nothing')
  await expect(page.getByText('No cost in this range with these filters')).toBeVisible()
})

test('on a narrow screen nothing scrolls sideways but the tables', async () => {
  await page.setViewportSize({ width: 390, height: 844 })
  await explore('?compare=true&group=service&group=region&filter=ChargeCategory!=Tax&table=periods')
  await expect(page.getByRole('heading', { name: 'Over time' })).toBeVisible()
  await page.waitForLoadState('networkidle')
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow).toBeLessThanOrEqual(0)
  await expectAccessible(page)
})
