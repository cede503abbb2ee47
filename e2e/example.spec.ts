import { expect, type Page, test } from '@playwright/test'
import { ADMIN, expectAccessible, setUp } from './browser'
import { discard, type Server, startServer } from './server'

let server: Server
let page: Page
test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  server = await startServer({ env: { BOOTSTRAP_API_KEY: '' } })
  const context = await browser.newContext()
  page = await context.newPage()
})
test.afterAll(async () => {
  await page.context().close()
  await discard(server)
})

test('the first run asks for the administrator, and no later one', async () => {
  await page.goto(server.url)
  await expectAccessible(page)
  await setUp(page, server.url)
  await expectAccessible(page)
  await page.goto(`${server.url}/setup`)
  await expect(page).toHaveURL(`${server.url}/`)
})

test('every screen is accessible while it is empty', async () => {
  for (const path of ['/streams', '/dimensions', '/costs', '/settings', '/docs']) {
    await page.goto(server.url + path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await page.waitForLoadState('networkidle')
    await expectAccessible(page)
  }
})

test('the example stands in seconds: the split, what stayed unallocated, the exact total', async () => {
  await page.goto(server.url)
  await page.getByRole('button', { name: 'Load the example' }).click()
  await expect(page.getByRole('heading', { name: 'Pool of Split Data Lake' })).toBeVisible({ timeout: 30_000 })
  await expect(page).toHaveURL(/metric=BilledCost/)
  const main = page.getByRole('main')
  await expect(main.getByRole('button', { name: /Unallocated.*\$0\.3200/ }).first()).toBeVisible()
  await expect(main.getByText('$0.7532').first()).toBeVisible()
  await expect(main.locator('[title*="0.7532270852"]').first()).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('tab', { name: 'By day' }).click()
  await expect(page.getByRole('row', { name: /21 Sep/ })).toContainText('$0.4')
  await expectAccessible(page)
})

test('a number explains itself, and an unallocated one says why', async () => {
  await page
    .getByRole('button', { name: /Email.*Explain this amount/ })
    .first()
    .click()
  const drawer = page.getByRole('dialog')
  await expect(drawer).toContainText('Email')
  await expect(drawer).toContainText('100,045')
  await expect(drawer).toContainText('÷')
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await page
    .getByRole('button', { name: /Unallocated.*Explain this amount/ })
    .first()
    .click()
  await expect(page.getByRole('dialog')).toContainText(/no telemetry|No telemetry/)
  await expectAccessible(page)
  await page.keyboard.press('Escape')
})

test('a chain is followed down to the telemetry, and back', async () => {
  await page.goto(`${server.url}/?metric=BilledCost&granularity=total&dimension=Product&explain=element:Email`)
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('button', { name: /Email in Split Data Lake.*Explain it/ }).click()
  await expect(drawer).toContainText('100,045')
  await expectAccessible(page)
  await drawer.getByRole('button', { name: 'Back' }).click()
  await expect(drawer).toContainText('by the rules of Product alone')
  await page.keyboard.press('Escape')
})

test('the state of the screen is in its address', async () => {
  await page.goto(`${server.url}/?metric=BilledCost&granularity=monthly&dimension=Product`)
  await expect(page.getByRole('heading', { name: /Product/ }).first()).toBeVisible()
  await expect(page.getByText('$20.52').first()).toBeVisible()
})

test('every screen is accessible when it is full', async () => {
  for (const path of [
    '/streams',
    '/streams/rds-writes-by-product',
    '/streams/rds-writes-by-product?tab=batches',
    '/streams/rds-writes-by-product?tab=send',
    '/dimensions',
    '/costs',
    '/runs',
    '/settings',
    '/docs',
  ]) {
    await page.goto(server.url + path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await page.waitForLoadState('networkidle')
    await expectAccessible(page)
  }
})

test('every screen stands in its width on a narrow one', async () => {
  await page.setViewportSize({ width: 390, height: 844 })
  for (const path of ['/?metric=BilledCost', '/streams/rds-writes-by-product', '/costs', '/dimensions', '/settings']) {
    await page.goto(server.url + path)
    await page.waitForLoadState('networkidle')
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow, `${path} scrolls sideways`).toBeLessThanOrEqual(0)
    await expectAccessible(page)
  }
  await page.setViewportSize({ width: 1440, height: 900 })
})

test('signing out and in again', async () => {
  await page.goto(server.url)
  await page.getByRole('button', { name: 'Sign out' }).first().click()
  await expect(page).toHaveURL(/\/sign-in/)
  await expectAccessible(page)
  await page.goto(`${server.url}/costs`)
  await expect(page).toHaveURL(/\/sign-in/)
  await page.getByLabel('Email').fill(ADMIN.email)
  await page.getByLabel('Password').fill('wrong password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert').filter({ hasText: /./ }).first()).toBeVisible()
  await page.getByLabel('Password').fill(ADMIN.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('navigation').first()).toBeVisible()
})
