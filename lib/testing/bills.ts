import { expect } from 'vitest'
import { GET as getImport } from '@/app/api/v1/cost-imports/[id]/route'
import { POST as postImport } from '@/app/api/v1/cost-imports/route'
import type { CostImport } from '../contract/costs'
import { writeRow } from '../csv-row'
import { call, eventually } from './workspace'

/** What a line of a test's bill has where the test does not say otherwise. */
const USUAL = {
  BilledCost: '1',
  BillingCurrency: 'USD',
  BillingPeriodStart: '2024-09-01T00:00:00Z',
  ChargePeriodStart: '2024-09-05T00:00:00Z',
  ChargePeriodEnd: '2024-09-06T00:00:00Z',
  ServiceName: 'Amazon RDS',
}

export type BillLine = Record<string, string>

/** A FOCUS CSV: the usual columns, and every further one that a line names. */
export function focusCsv(lines: readonly BillLine[]): string {
  const names = [...new Set([...Object.keys(USUAL), ...lines.flatMap((line) => Object.keys(line))])]
  const usual: BillLine = USUAL
  return [names, ...lines.map((line) => names.map((name) => line[name] ?? usual[name] ?? ''))].map(writeRow).join('')
}

/** Posts a bill over the route; what the route answers. */
export const postBill = (
  body: BodyInit,
  {
    source = 'test',
    headers = {},
    query = {},
  }: { source?: string; headers?: Record<string, string>; query?: Record<string, string> } = {},
) =>
  call(postImport, `/api/v1/cost-imports?${new URLSearchParams({ source, ...query })}`, {
    method: 'POST',
    headers,
    body,
  })

/** An import when it is done, one way or another. */
export async function whenDone(id: string): Promise<CostImport> {
  const { body } = await eventually(
    () => call(getImport, `/api/v1/cost-imports/${id}`, { params: { id } }),
    ({ body: { status } }) => status !== 'queued' && status !== 'running',
  )
  return body as unknown as CostImport
}

/** Posts a bill, and waits until the import is done. */
export async function importBill(body: BodyInit, options: Parameters<typeof postBill>[1] = {}): Promise<CostImport> {
  const accepted = await postBill(body, options)
  expect(accepted.status, accepted.text).toBe(202)
  return whenDone(String(accepted.body.id))
}
