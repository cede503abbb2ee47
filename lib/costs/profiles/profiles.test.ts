import { describe, expect, it } from 'vitest'
import { DELETE, GET, PUT } from '@/app/api/v1/import-profiles/[source]/route'
import { GET as list } from '@/app/api/v1/import-profiles/route'
import { database } from '../../db/client'
import { call, useWorkspace } from '../../testing/workspace'
import { profileOf } from './read'

const mapping = { cost: 'Amount', period_start: 'Day', time_format: 'DD.MM.YYYY', decimal_mark: ',' }
/** What the mapping does not say. */
const usual = { granularity: 'day', currency: { code: 'USD' }, columns: {} }

const put = (source: string, body: unknown, headers: Record<string, string> = {}) =>
  call(PUT, `/api/v1/import-profiles/${encodeURIComponent(source)}`, {
    method: 'PUT',
    params: { source },
    body: JSON.stringify(body),
    headers,
  })
const get = (source: string) => call(GET, '/x', { params: { source } })
const remove = (source: string) => call(DELETE, '/x', { method: 'DELETE', params: { source } })

async function audited(target: string): Promise<string[]> {
  const { prisma } = await database()
  const events = await prisma.auditEvent.findMany({ where: { target }, orderBy: { id: 'asc' } })
  return events.map(({ action }) => action)
}

describe('the profiles of sources', () => {
  useWorkspace()

  it('are saved, read, listed, changed and forgotten, each change on record', async () => {
    expect((await get('gcp')).status).toBe(404)
    expect(await profileOf('gcp')).toBeNull()
    const saved = await put('gcp', { mapping })
    expect(saved.status, saved.text).toBe(200)
    expect(saved.body).toMatchObject({ source: 'gcp', mapping: { ...mapping, ...usual } })
    expect((await get('gcp')).body).toEqual(saved.body)
    expect(await profileOf('gcp')).toEqual({ ...mapping, ...usual })

    const changed = await put('gcp', { mapping: { ...mapping, cost: 'Net' } })
    expect(changed.body).toMatchObject({ mapping: { cost: 'Net' }, created_at: saved.body.created_at })
    await put('Ünusual / "source"', { mapping })
    const { body } = await call(list, '/x')
    expect(body.profiles).toMatchObject([{ source: 'gcp' }, { source: 'Ünusual / "source"' }])

    expect((await remove('gcp')).status).toBe(204)
    expect((await remove('gcp')).status).toBe(404)
    expect(await profileOf('gcp')).toBeNull()
    expect(await audited('gcp')).toEqual(['import_profile.save', 'import_profile.save', 'import_profile.delete'])
  })

  it('gives a repeated request the first answer', async () => {
    const headers = { 'idempotency-key': 'once' }
    const first = await put('twice', { mapping }, headers)
    const second = await put('twice', { mapping }, headers)
    expect(second.body).toEqual(first.body)
    expect(await audited('twice')).toEqual(['import_profile.save'])
    expect((await put('twice', { mapping: { ...mapping, cost: 'Other' } }, headers)).status).toBe(422)
  })

  it.each([
    [{}, /mapping/],
    [{ mapping: { period_start: 'Day' } }, /mapping\.cost/],
    [{ mapping: { ...mapping, time_format: 'YY' } }, /mapping\.time_format/],
    [{ mapping: { ...mapping, currency: { code: 'dollars' } } }, /mapping\.currency/],
    [{ mapping: { ...mapping, cost: '' } }, /mapping\.cost/],
  ])('refuses %j', async (body, detail) => {
    const refused = await put('bad', body)
    expect(refused.status).toBe(400)
    expect(refused.text).toMatch(detail)
    expect(await profileOf('bad')).toBeNull()
  })
})
