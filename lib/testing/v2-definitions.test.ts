import { describe, expect, it } from 'vitest'
import { GET as getDefinition, PUT as putDefinition } from '@/app/api/v1/costformation/route'
import { GET as getFile } from '@/app/v2/costformation/definition/versions/[version]/file/route'
import { GET as getVersion } from '@/app/v2/costformation/definition/versions/[version]/route'
import { GET as getVersions, POST as postVersion } from '@/app/v2/costformation/definition/versions/route'
import { call, useWorkspace } from './workspace'

const VERSIONS = '/v2/costformation/definition/versions'

const named = (name: string) => `Dimensions:
  Product:
    Name: ${name} # ünïcode
    Rules: [{Type: GroupBy, Source: Service}]
`

const post = (body: BodyInit, query = '', headers: Record<string, string> = {}) =>
  call(postVersion, VERSIONS + query, { method: 'POST', body, headers })

async function save(yaml: string): Promise<string> {
  const { status, body, text } = await post(yaml)
  expect(status, text).toBe(200)
  return (body.version as { version: string }).version
}

const inForce = async () => (await call(getDefinition, '/x')).text

const read = async (version: string) => {
  const { status, body, text } = await call(getVersion, `${VERSIONS}/${version}`, { params: { version } })
  expect(status, text).toBe(200)
  return body.version as {
    version: string
    uri: string
    definition: string
    last_updated: string
    last_updated_by: string
  }
}

async function open(uri: string) {
  const { pathname, search } = new URL(uri)
  const version = pathname.split('/').at(-2) ?? ''
  return call(getFile, pathname + search, { params: { version }, headers: { authorization: '' } })
}

describe('CloudZero’s definition versions', () => {
  useWorkspace()

  it('has no latest one at first', async () => {
    const { status, body } = await call(getVersion, '/x', { params: { version: 'latest' } })
    expect({ status, body }).toMatchObject({ status: 404, body: { error: { type: 'not_found' } } })
    const list = await call(getVersions, VERSIONS)
    expect(list.body).toMatchObject({ versions: [], pagination: { page_count: 0, total_count: 0 } })
  })

  it('saves a document sent as it is, and as the one file of a form', async () => {
    const { status, body, text } = await post(named('One'), '', { 'content-type': 'text/plain' })
    expect(status, text).toBe(200)
    expect(body).toEqual({
      version: {
        version: expect.any(String),
        last_updated: expect.stringMatching(/^\d+\.\d{3}$/),
        last_updated_by: expect.any(String),
      },
    })
    expect(await inForce()).toBe(named('One'))
    // As Python's requests sends `files={'file': file}` with `params={'validate_only': False}`.
    const form = new FormData()
    form.append('file', new Blob([named('Two')]), 'costformation.yaml')
    expect((await post(form, '?validate_only=False')).status).toBe(200)
    expect(await inForce()).toBe(named('Two'))
    // And as curl's `-F data=@file`.
    const other = new FormData()
    other.append('data', new Blob([named('Three')]), 'definitions.yaml')
    expect((await post(other)).status).toBe(200)
    expect(await inForce()).toBe(named('Three'))
  })

  it('only checks with validate_only, whatever it holds', async () => {
    const before = await inForce()
    for (const query of [
      '?validate_only',
      '?validate_only=True',
      '?validate_only=1',
      '?validate_only=?validate_only=True',
    ]) {
      const { status, body } = await post(named('Four'), query)
      expect({ status, body }).toEqual({ status: 200, body: {} })
    }
    expect((await post('Dimensions: 3', '?validate_only')).status).toBe(422)
    expect(await inForce()).toBe(before)
  })

  it('refuses a definition that is wrong, with the value and the path', async () => {
    const { status, body } = await post('Dimensions:\n  Product:\n    Rules:\n      - {Type: Grop, Source: Service}\n')
    expect(status).toBe(422)
    expect(body).toMatchObject({
      error: {
        message: expect.stringMatching(/^line 4, column \d+: /),
        type: 'unprocessable',
        errors: [
          {
            error: expect.stringContaining('line 4'),
            value: 'Grop',
            path: expect.arrayContaining(['Dimensions', 'Product', 'Rules', '0']),
          },
        ],
      },
    })
  })

  it('refuses forms without a file, with two, and broken ones', async () => {
    const two = new FormData()
    for (const name of ['a', 'b']) two.append(name, new Blob([named(name)]), name)
    expect((await post(two)).text).toContain('The form holds 2 files')
    expect((await post(new FormData())).status).toBe(400)
    expect((await post('x', '', { 'content-type': 'multipart/form-data; boundary=y' })).status).toBe(400)
    expect((await post('x', '', { 'content-type': 'multipart/form-data' })).status).toBe(400)
  })

  it('lets a script download the latest, change it, and save it unless another was saved meanwhile', async () => {
    const version = await save(named('Five'))
    const latest = await call(getVersion, `${VERSIONS}/latest`, { params: { version: 'latest' } })
    const { uri } = latest.body.version as { uri: string }
    expect(await open(uri)).toMatchObject({ status: 200, text: named('Five') })
    expect(await read(version)).toMatchObject({
      version,
      definition: named('Five'),
      last_updated_by: expect.any(String),
    })
    const etag = `"${version}"`
    expect((await post(named('Six'), '', { 'if-match': etag })).status).toBe(200)
    const late = await post(named('Seven'), '', { 'if-match': etag })
    expect(late.status, late.text).toBe(412)
    expect(await inForce()).toBe(named('Six'))
  })

  it('opens no link that it did not make', async () => {
    const version = await save(named('Secret'))
    const { uri } = await read(version)
    expect((await open(uri.replace(/signature=.{5}/, 'signature=AAAAA'))).status).toBe(403)
    expect((await open(uri.replace(/expires=\d/, 'expires=9'))).status).toBe(403)
    expect((await open(uri.replace(`/${version}/`, `/${Number(version) - 1}/`))).status).toBe(403)
    expect((await open(uri.replace(/\?.*/, ''))).status).toBe(400)
  })

  it('lists versions newest first, page by page, which a save in between does not move', async () => {
    const whole = await call(getVersions, VERSIONS)
    const all = (whole.body.versions as { version: string }[]).map(({ version }) => version)
    expect(all).toEqual([...all].sort((a, b) => Number(b) - Number(a)))
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const { status, body, text } = await call(getVersions, `${VERSIONS}?limit=2&cursor=${encodeURIComponent(cursor)}`)
      expect(status, text).toBe(200)
      seen.push(...(body.versions as { version: string }[]).map(({ version }) => version))
      cursor = (body.pagination as { cursor: { next_cursor: string | null } }).cursor.next_cursor
      await call(putDefinition, '/x', { method: 'PUT', body: named(`Between ${seen.length}`) })
    }
    expect(seen).toEqual(all)
    expect((await call(getVersions, `${VERSIONS}?cursor=x`)).status).toBe(410)
  })

  it('needs the scope to save, and a version that exists', async () => {
    expect((await post(named('x'), '', { authorization: 'wrong' })).status).toBe(403)
    expect((await call(getVersion, '/x', { params: { version: '999' } })).status).toBe(404)
    expect((await call(getVersion, '/x', { params: { version: 'abc' } })).status).toBe(400)
  })
})
