import { describe, expect, it } from 'vitest'
import { POST as rollBack } from '@/app/api/v1/cost-imports/[id]/rollback/route'
import { GET as getImport } from '@/app/api/v1/cost-imports/[id]/route'
import { POST as postImport } from '@/app/api/v1/cost-imports/route'
import { GET as getCosts } from '@/app/api/v1/costs/route'
import { PUT as putProfile } from '@/app/api/v1/import-profiles/[source]/route'
import type { CostImport } from '../contract/costs'
import { whenDone } from './bills'
import { call, useWorkspace } from './workspace'

const mapping = {
  cost: 'Betrag',
  decimal_mark: ',',
  period_start: 'Tag',
  time_format: 'DD.MM.YYYY',
  service: 'Produkt',
  currency: { code: 'EUR' },
}

const bill = (...rows: string[]) => `Betrag;Tag;Produkt\n${rows.join('\n')}\n`

async function importOwn(body: string, query: Record<string, string>): Promise<CostImport> {
  const path = `/api/v1/cost-imports?${new URLSearchParams(query)}`
  const accepted = await call(postImport, path, { method: 'POST', body })
  expect(accepted.status, accepted.text).toBe(202)
  return whenDone(String(accepted.body.id))
}

async function total(): Promise<string> {
  const query = 'from=2024-01-01&to=2025-01-01&granularity=total&metric=BilledCost'
  return String((await call(getCosts, `/x?${query}`)).body.total)
}

describe('importing a CSV of no known format', () => {
  useWorkspace()

  it('is refused without a mapping, with what was seen and what is accepted', async () => {
    const done = await importOwn(bill('1,5;05.09.2024;RDS'), { source: 'own' })
    expect(done.status).toBe('failed')
    expect(done.error).toMatch(/Seen: "Betrag", "Tag", "Produkt".*Accepted: FOCUS/)
  })

  it('takes the mapping that comes with it, and keeps none', async () => {
    const query = { source: 'own', format: 'mapping', mapping: JSON.stringify(mapping) }
    const done = await importOwn(bill('"1.234,50";05.09.2024;RDS', 'x;06.09.2024;RDS'), query)
    expect(done, done.error ?? '').toMatchObject({ status: 'completed', format: 'mapping', rows_accepted: 1 })
    expect(done.rejections).toMatchObject([{ line: 3, column: 'Betrag', value: 'x' }])
    expect(await total()).toBe('1234.5')
    expect(await importOwn(bill('1,5;05.09.2024;RDS'), { source: 'own' })).toMatchObject({ status: 'failed' })
  })

  it('takes the mapping as a part of the form, before or after the files, as a field or a file', async () => {
    const file = new File([bill('2,5;05.09.2024;RDS')], 'own.csv')
    const text = JSON.stringify(mapping)
    const json = new Blob([text], { type: 'application/json' })
    const forms: [string, string | Blob][][] = [
      [
        ['mapping', text],
        ['file', file],
      ],
      [
        ['file', file],
        ['mapping', text],
      ],
      [
        ['file', file],
        ['mapping', json],
      ],
    ]
    for (const parts of forms) {
      const form = new FormData()
      for (const [name, part] of parts) form.append(name, part)
      const accepted = await call(postImport, '/x?source=own', { method: 'POST', body: form })
      expect(accepted.status, accepted.text).toBe(202)
      const done = await whenDone(String(accepted.body.id))
      expect(done, done.error ?? '').toMatchObject({ status: 'completed', format: 'mapping', file_name: 'own.csv' })
      expect(done.files).toHaveLength(1)
    }
    expect(await total()).toBe('2.5')
  })

  it.each([
    ['that is no JSON', ['{'], '', /form: mapping: is not JSON/],
    ['without a cost', ['{}'], '', /form: mapping\.cost: is missing/],
    ['with NUL', [JSON.stringify({ ...mapping, service: 'a\0' })], '', /form: mapping\.service holds NUL/],
    ['that is too long', [`{"a":"${'x'.repeat(150_000)}"}`], '', /mapping: has 100000 characters: at most 20000/],
    ['twice', [JSON.stringify(mapping), JSON.stringify(mapping)], '', /two mappings/],
    ['in the query as well', [JSON.stringify(mapping)], encodeURIComponent(JSON.stringify(mapping)), /comes twice/],
  ])('refuses a form’s mapping %s', async (_what, mappings, query, said) => {
    const form = new FormData()
    form.append('file', new File([bill('1;05.09.2024;RDS')], 'own.csv'))
    for (const text of mappings) form.append('mapping', text)
    const path = query ? `/x?source=bad&mapping=${query}` : '/x?source=bad'
    const refused = await call(postImport, path, { method: 'POST', body: form })
    expect(refused.status, refused.text).toBe(400)
    expect(refused.text).toMatch(said)
  })

  it('refuses a mapping that is none', async () => {
    for (const text of ['{', '{}', '[]']) {
      const path = `/api/v1/cost-imports?${new URLSearchParams({ mapping: text })}`
      const refused = await call(postImport, path, { method: 'POST', body: bill('1;05.09.2024;RDS') })
      expect(refused.status).toBe(400)
      expect(refused.text).toMatch(/mapping/)
    }
  })

  it('is read by its source’s profile by itself; a roll-back says before what will count', async () => {
    const body = JSON.stringify({ mapping })
    await call(putProfile, '/x', { method: 'PUT', params: { source: 'own' }, body })
    const before = await importOwn(bill('2,00;05.09.2024;RDS'), { source: 'own' })
    expect(before).toMatchObject({ status: 'completed', format: 'mapping', months: [{ month: '2024-09', rows: 1 }] })
    expect(await total()).toBe('2')
    const after = await importOwn(bill('3,00;05.09.2024;RDS', '4,00;05.10.2024;RDS'), { source: 'own' })
    expect(after.after_rollback).toEqual([
      { month: '2024-09', imports: [before.id] },
      { month: '2024-10', imports: [] },
    ])
    expect(after.after_restore).toEqual([])
    const rolled = await call(rollBack, '/x', { method: 'POST', params: { id: after.id } })
    expect(rolled.body).toMatchObject({ periods: [], months: after.months, can_restore: true, after_rollback: [] })
    expect(rolled.body.after_restore).toEqual([
      { month: '2024-09', imports: [after.id] },
      { month: '2024-10', imports: [after.id] },
    ])
    expect(await total()).toBe('2')
    const { body: again } = await call(getImport, '/x', { params: { id: before.id } })
    expect(again).toMatchObject({ periods: [{ month: '2024-09', rows: 1 }] })
  })
})
