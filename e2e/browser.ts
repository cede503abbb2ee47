import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

export const ADMIN = { name: 'Ada Admin', email: 'ada@example.com', password: 'correct horse battery' }

/** The first run: the administrator's account. Lands on the overview. */
export async function setUp(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await expect(page).toHaveURL(/\/setup$/)
  await page.getByLabel('Name').fill(ADMIN.name)
  await page.getByLabel('Email').fill(ADMIN.email)
  await page.getByLabel('Password').fill(ADMIN.password)
  await page.getByRole('button', { name: 'Create the account' }).click()
  // The set-up page has the same heading.
  await expect(page).toHaveURL(`${url}/`)
  await expect(page.getByRole('heading', { name: 'Welcome to Apportion' })).toBeVisible()
}

/** Writes the whole document anew, as a person does: `fill` selects past the editor, which then keeps its own selection. */
export async function writeDefinitions(page: Page, yaml: string): Promise<void> {
  const editor = page.getByRole('textbox', { name: 'Definitions in YAML' })
  await editor.click()
  await editor.press('ControlOrMeta+a')
  await page.keyboard.insertText(yaml)
}

/** No WCAG 2.1 AA violation that axe can find, in light and in dark. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
      .analyze()
    const found = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary}`).join(' | ')}`,
    )
    expect(found, `${page.url()} in ${colorScheme}`).toEqual([])
  }
  await page.emulateMedia({ colorScheme: 'light' })
}

/** The page stands in its width; what is wider scrolls in a region of its own. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow, `${page.url()} scrolls sideways`).toBeLessThanOrEqual(0)
}
