import { readFileSync } from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { apiOf } from './api'
import { expectAccessible, setUp, writeDefinitions } from './browser'
import { discard, type Server, startServer } from './server'

const YAML = readFileSync('e2e/fixtures/definitions.yaml', 'utf8')
const RDS = 'Amazon Relational Database Service'
const EC2 = 'Amazon Elastic Compute Cloud'

let server: Server
let page: Page
test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  server = await startServer()
  page = await (await browser.newContext()).newPage()
  await setUp(page, server.url)
  const api = apiOf(server)
  await api.imported(await api.importBill(readFileSync('public/example/focus-1.0-sample.csv')))
  expect((await api.put('/api/v1/costformation', YAML)).status).toBe(200)
  await page.goto(`${server.url}/dimensions`)
})
test.afterAll(async () => {
  await page.context().close()
  await discard(server)
})

const editor = () => page.getByRole('textbox', { name: 'Definitions in YAML' })
const preview = () => page.getByRole('region', { name: 'Preview', exact: true })
const save = () => page.getByRole('button', { name: 'Save', exact: true }).click()

test('a change shows what it does before it is saved', async () => {
  await writeDefinitions(page, YAML.replace(RDS, EC2))
  const shared = preview().getByRole('table', { name: 'Shared RDS, now and after' })
  await expect(shared.getByRole('row', { name: /Shared Data Lake/ })).toContainText('→')
  await expect(
    preview()
      .getByText(/get another element/)
      .first(),
  ).toBeVisible()
  await shared.getByRole('button', { name: /Shared Data Lake/ }).click()
  await expect(shared.getByText(new RegExp(EC2)).first()).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Discard' }).click()
  await expect(preview().getByText(/Change a rule/)).toBeVisible()
})

test('the editor completes what really occurs', async () => {
  const list = page.getByRole('listbox', { name: 'Completions' })
  const team = `${YAML}\n  Team:\n    Rules:\n      - Type: Group\n        Name: Compute\n        Conditions:\n          - Source: `
  await writeDefinitions(page, team)
  await page.keyboard.press('Control+End')
  await page.keyboard.type('Serv')
  await expect(list.getByRole('option', { name: /^Service/ }).first()).toBeVisible()
  await page.keyboard.press('Escape')
  await writeDefinitions(page, `${team}Service\n            Equals: `)
  await page.keyboard.press('Control+End')
  await page.keyboard.type('Amazon Elastic C')
  await expect(list.getByRole('option', { name: new RegExp(EC2) })).toBeVisible()
  await expectAccessible(page)
  await list.getByRole('option', { name: new RegExp(EC2) }).click()
  await expect(editor()).toContainText(`Equals: ${EC2}`)
  await expect(preview().getByText('New', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Discard' }).click()
})

test('the form edits the same document and keeps its comments', async () => {
  await writeDefinitions(page, `# Kept.\n${YAML}`)
  await page.getByRole('radio', { name: 'Form' }).click()
  await page
    .getByRole('button', { name: /^Shared RDS/ })
    .first()
    .click()
  await page.getByLabel('Default element').fill('All the rest')
  await page.getByLabel('Default element').press('Enter')
  await expect(preview().getByText('All the rest').first()).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByLabel('Default element')).toHaveValue('Not Shared')
  await page.getByRole('button', { name: 'Redo' }).click()
  await expect(page.getByLabel('Default element')).toHaveValue('All the rest')
  await save()
  await expect(page.getByText('Saved as version 2')).toBeVisible()
  const saved = (await apiOf(server).get('/api/v1/costformation')).text
  expect(saved).toBe(`# Kept.\n${YAML}`.replace('Not Shared', 'All the rest'))
  await page.getByRole('radio', { name: 'YAML' }).click()
})

test('a version is compared, and brought back', async () => {
  await page.getByRole('button', { name: 'Versions' }).click()
  const sheet = page.getByRole('dialog', { name: 'Versions' })
  await expect(sheet.getByText('Changed SharedRDS.')).toBeVisible()
  await sheet.getByRole('button', { name: 'What it changed' }).first().click()
  await expect(sheet.getByRole('region', { name: 'What version 2 changed' })).toContainText('All the rest')
  await expectAccessible(page)
  await sheet.getByRole('button', { name: 'Bring back version 1' }).click()
  await expect(page.getByText('Version 3, saved')).toBeVisible()
  expect((await apiOf(server).get('/api/v1/costformation')).text).toBe(YAML)
  await expect(editor()).not.toContainText('# Kept.')
})

test('what somebody saved meanwhile is not written over, and nothing here is lost', async () => {
  await writeDefinitions(page, `${YAML}\n# mine\n`)
  expect((await apiOf(server).put('/api/v1/costformation', `# theirs\n${YAML}`)).status).toBe(200)
  await save()
  await expect(page.getByText(/saved version 4 .* while you were writing/)).toBeVisible()
  await expect(editor()).toContainText('# mine')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Go on with mine' }).click()
  await save()
  await expect(page.getByText('Saved as version 5')).toBeVisible()
})
