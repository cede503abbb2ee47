import { execFileSync } from 'node:child_process'
import { createReadStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { parse } from 'csv-parse'
import { Decimal } from 'decimal.js'
import { apiOf } from './api'
import { setUp, writeDefinitions } from './browser'
import { discard, type Server, startServer } from './server'

const LINES = 30_000
const DEFINITIONS = `Dimensions:
  ProductLine:
    Name: Product Line
    DefaultValue: Shared
    Rules:
      - Type: GroupBy
        Sources:
          - Tag:product
          - Tag:Product
        CoalesceSources: true
        Transforms:
          - Type: Trim
          - Type: Lower
`

const exact = Decimal.clone({ precision: 60, toExpNeg: -40, toExpPos: 40 })

let server: Server
let page: Page
let folder: string
/** By product line, summed here and not by what is tested. */
const costs = new Map<string, Decimal>()
let total = new exact(0)

/** The rule of the definition above, once more: the first tag that has a value, trimmed and in lower case. */
function productLine(tags: Record<string, string>): string {
  const tag = [tags.product, tags.Product].find((value) => (value ?? '').trim() !== '')
  return tag?.trim().toLowerCase() ?? 'Shared'
}

async function sumUp(path: string): Promise<void> {
  for await (const row of createReadStream(path).pipe(parse({ columns: true })) as AsyncIterable<
    Record<string, string>
  >) {
    const name = productLine(JSON.parse(row.Tags || '{}') as Record<string, string>)
    const cost = new exact(row.EffectiveCost ?? '0')
    costs.set(name, (costs.get(name) ?? new exact(0)).plus(cost))
    total = total.plus(cost)
  }
}

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  folder = mkdtempSync(join(tmpdir(), 'apportion-company-'))
  const asked = ['--lines', String(LINES), '--months', '1', '--start', '2024-08', '--out', join(folder, 'company.csv')]
  execFileSync(process.execPath, ['scripts/generate-bill.mjs', ...asked], { stdio: 'ignore' })
  await sumUp(join(folder, 'company.csv'))
  server = await startServer()
  page = await (await browser.newContext()).newPage()
  await setUp(page, server.url)
})
test.afterAll(async () => {
  await page.context().close()
  await discard(server)
  rmSync(folder, { recursive: true, force: true })
})

test('the company’s bill loads', async () => {
  await page.goto(`${server.url}/costs`)
  await page.locator('input[type=file]').setInputFiles(join(folder, 'company.csv'))
  await expect(page.getByText(/^FOCUS 1\.2, /)).toBeVisible()
  await page.getByRole('button', { name: /^Upload/ }).click()
  const item = page.getByRole('listitem').filter({ hasText: 'company.csv' }).first()
  await expect(item.getByText('Completed', { exact: true })).toBeVisible({ timeout: 60_000 })
  await expect(item).toContainText('Holds August 2024 (30,000 rows).')
})

test('it is cut by a definition', async () => {
  await page.goto(`${server.url}/dimensions`)
  await writeDefinitions(page, DEFINITIONS)
  await expect(page.getByRole('table', { name: 'Product Line, now and after' })).toBeVisible()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect.poll(async () => (await apiOf(server).get('/api/v1/costformation')).text).toBe(DEFINITIONS)
})

test('and explored: every product line costs what its lines add up to', async () => {
  const search = new URLSearchParams({ from: '2024-08-01', to: '2024-09-01', group: 'custom:Product Line', top: '50' })
  await page.goto(`${server.url}/explorer?${search}`)
  const table = page.getByRole('table', { name: 'Cost by group over the whole range' })
  const shown = [...costs].filter(([, cost]) => !cost.isZero())
  for (const [name] of shown.slice(0, 5))
    await expect(table.getByRole('row').filter({ hasText: name }).first()).toBeVisible()

  const query = 'from=2024-08-01&to=2024-09-01&granularity=total&metric=EffectiveCost&group_by=custom:Product%20Line'
  const { body } = await apiOf(server).get(`/api/v1/costs?${query}`)
  const rows = body.rows as { group: (string | null)[]; cost: string }[]
  const answered = Object.fromEntries(rows.map(({ group, cost }) => [group[0], cost]))
  expect(answered).toEqual(Object.fromEntries([...costs].map(([name, cost]) => [name, cost.toFixed()])))
  expect(body.total).toBe(total.toFixed())
})
