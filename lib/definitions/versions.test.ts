import { describe, expect, it } from 'vitest'
import { GET as getDefinition, PUT as putDefinition } from '@/app/api/v1/costformation/route'
import { GET as getDiff } from '@/app/api/v1/costformation/versions/[version]/diff/route'
import { POST as restore } from '@/app/api/v1/costformation/versions/[version]/restore/route'
import { GET as getVersion } from '@/app/api/v1/costformation/versions/[version]/route'
import { GET as listVersions } from '@/app/api/v1/costformation/versions/route'
import { call, useWorkspace } from '../testing/workspace'

const dimension = (id: string, value: string) =>
  `  ${id}:\n    Rules:\n      - Type: Group\n        Name: One\n        Conditions: [{Source: Service, Equals: ${value}}]\n`
const FIRST = `Dimensions:\n${dimension('A', 'x')}${dimension('B', 'y')}`
const SECOND = `Dimensions:\n${dimension('A', 'z')}${dimension('C', 'y')}`

const save = (yaml: string, query = '', headers: Record<string, string> = {}) =>
  call(putDefinition, `/api/v1/costformation${query}`, { method: 'PUT', body: yaml, headers })
const versions = async () => {
  const { body } = await call(listVersions, '/api/v1/costformation/versions?limit=100')
  return body.versions as { version: number; restored_from: number | null; author: string; summary: unknown }[]
}
const newest = async () => (await versions())[0]?.version ?? 0
const text = async () => (await call(getDefinition, '/api/v1/costformation')).text

describe('versions of the definition', () => {
  useWorkspace()

  it('keeps each save, with its author and what it changed', async () => {
    await save(FIRST)
    await save(SECOND)
    await save(`# a comment\n${SECOND}`)
    const [third, second, first] = await versions()
    expect(first).toMatchObject({ author: 'bootstrap', restored_from: null })
    expect(first?.summary).toEqual({ added: ['A', 'B'], changed: [], removed: [], only_text: false })
    expect(second?.summary).toEqual({ added: ['C'], changed: ['A'], removed: ['B'], only_text: false })
    expect(third?.summary).toEqual({ added: [], changed: [], removed: [], only_text: true })
  })

  it('pages backwards', async () => {
    const { body } = await call(listVersions, '/api/v1/costformation/versions?limit=2')
    expect(body.versions).toHaveLength(2)
    const rest = await call(listVersions, `/api/v1/costformation/versions?limit=2&before=${body.next}`)
    expect(rest.body).toMatchObject({ versions: [{ version: (await versions()).at(-1)?.version }], next: null })
  })

  it('gives a version as JSON, or as the YAML that was saved', async () => {
    const version = String((await versions()).at(-1)?.version)
    const json = await call(getVersion, '/x', { params: { version } })
    expect(json.body).toMatchObject({ version: Number(version), yaml: FIRST })
    const yaml = await call(getVersion, '/x', { params: { version }, headers: { accept: 'text/yaml' } })
    expect(yaml.text).toBe(FIRST)
    expect((await call(getVersion, '/x', { params: { version: '999' } })).status).toBe(404)
  })

  it('shows the lines that changed', async () => {
    const [third, second, first] = await versions()
    const params = { version: String(second?.version) }
    const { body } = await call(getDiff, '/x', { params })
    expect(body).toMatchObject({ from: first?.version, to: second?.version, added: 2, removed: 2 })
    const [hunk] = body.hunks as { old_start: number; lines: { kind: string; text: string }[] }[]
    expect(hunk?.lines.filter(({ kind }) => kind === 'removed').map((line) => line.text.trim())).toEqual([
      'Conditions: [{Source: Service, Equals: x}]',
      'B:',
    ])
    const against = await call(getDiff, `/x?against=${first?.version}`, { params: { version: String(third?.version) } })
    expect(against.body).toMatchObject({ from: first?.version, added: 3, removed: 2 })
  })

  it('brings a version back as a new one', async () => {
    const first = (await versions()).at(-1)?.version ?? 0
    const { status, body } = await call(restore, '/x', { method: 'POST', params: { version: String(first) } })
    expect(status).toBe(200)
    expect(body.restored_from).toBe(first)
    expect(await text()).toBe(FIRST)
    expect((await versions())[0]).toMatchObject({ version: body.version, restored_from: first })
  })

  it('refuses to write over what was saved meanwhile, and says whose it is', async () => {
    const base = await newest()
    expect((await save(SECOND, `?base_version=${base}`)).status).toBe(200)
    const late = await save(FIRST, '', { 'if-match': `"${base}"` })
    expect(late.status).toBe(409)
    expect(late.body.detail).toMatch(
      new RegExp(`bootstrap saved version ${base + 1} at 20.*you edited version ${base}`),
    )
    expect(late.body.latest).toMatchObject({ version: base + 1, author: 'bootstrap' })
    expect(await text()).toBe(SECOND)
    expect((await save(FIRST, `?base_version=${base + 1}`)).status).toBe(200)
    expect((await save(FIRST, '', { 'if-match': 'three' })).status).toBe(400)
  })

  it('lets one of two saves of the same version through', async () => {
    const base = await newest()
    const both = await Promise.all([save(FIRST, `?base_version=${base}`), save(SECOND, `?base_version=${base}`)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('gives a retry the first answer, though the version has moved on', async () => {
    const base = await newest()
    const headers = { 'idempotency-key': 'save-once' }
    const first = await save(SECOND, `?base_version=${base}`, headers)
    const again = await save(SECOND, `?base_version=${base}`, headers)
    expect(again.body).toEqual(first.body)
    expect(await newest()).toBe(base + 1)
  })
})
