import { expect } from '@playwright/test'
import { KEY, type Server } from './server'

export type Json = Record<string, unknown>

/** The HTTP API with the bootstrap key; every answer as it came. */
export function apiOf(server: Pick<Server, 'url'>, key = KEY) {
  const send = async (
    method: string,
    path: string,
    body?: string | Uint8Array,
    headers: Record<string, string> = {},
  ) => {
    const response = await fetch(server.url + path, {
      method,
      headers: { authorization: key, ...headers },
      body: body as BodyInit | undefined,
    })
    const text = await response.text()
    return {
      status: response.status,
      text,
      body: (/json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : {}) as Json,
    }
  }
  return {
    get: (path: string) => send('GET', path),
    post: (path: string, body?: string | Uint8Array, headers?: Record<string, string>) =>
      send('POST', path, body, headers),
    put: (path: string, body: string) => send('PUT', path, body),
    async importBill(bill: Uint8Array, source = 'default'): Promise<string> {
      const accepted = await send('POST', `/api/v1/cost-imports?format=auto&source=${source}`, bill, {
        'content-type': 'text/csv',
      })
      expect(accepted.status, accepted.text).toBe(202)
      return String(accepted.body.id)
    },
    async imported(id: string): Promise<Json> {
      await expect
        .poll(async () => (await send('GET', `/api/v1/cost-imports/${id}`)).body.status, {
          timeout: 60_000,
          intervals: [100],
        })
        .toBe('completed')
      return (await send('GET', `/api/v1/cost-imports/${id}`)).body
    },
    /** Telemetry as a file, which may say 0. */
    async sendCsv(stream: string, csv: string): Promise<void> {
      const sent = await send('POST', `/api/v1/streams/${stream}/csv`, csv, { 'content-type': 'text/csv' })
      expect(sent.status, sent.text).toBe(200)
    },
    /** The split of a range when nothing of it waits to be computed any more. */
    async settled(dimension: string, query: Record<string, string>): Promise<Json> {
      const path = `/api/v1/allocations/${encodeURIComponent(dimension)}?${new URLSearchParams(query)}`
      await expect
        .poll(async () => (await send('GET', path)).body.up_to_date, { timeout: 60_000, intervals: [100] })
        .toBe(true)
      return (await send('GET', path)).body
    },
    async available(stream: string, timeout = 5000): Promise<void> {
      await expect
        .poll(async () => (await send('GET', `/api/v1/streams/${stream}`)).body.status, { timeout, intervals: [100] })
        .toBe('Available')
    },
  }
}

export interface Charge {
  day: string
  cost: string
  service: string
  tags?: Record<string, string>
}

/** A FOCUS bill whose charges are of a day each; billed and effective cost are the same. */
export function focusBill(charges: readonly Charge[]): Uint8Array {
  const header =
    'BilledCost,EffectiveCost,BillingCurrency,BillingPeriodStart,ChargePeriodStart,ChargePeriodEnd,ServiceName,Tags'
  const lines = charges.map(({ day, cost, service, tags = {} }) => {
    const end = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
    const json = JSON.stringify(tags).replaceAll('"', '""')
    return `${cost},${cost},USD,${day.slice(0, 7)}-01,${day},${end},${service},"${json}"`
  })
  return Buffer.from([header, ...lines, ''].join('\n'))
}

export const FILTER = { 'custom:Shared RDS': ['Shared Data Lake'] }
export const SEPTEMBER = Array.from({ length: 30 }, (_, index) => `2024-09-${String(index + 1).padStart(2, '0')}`)

/** The guide's two records for each day. */
export function dailyRecords(
  days: readonly string[],
  values: Record<string, number | string> = { Email: 100045, Messaging: 1000600 },
) {
  return days.flatMap((day) =>
    Object.entries(values).map(([element_name, value]) => ({
      timestamp: `${day}T00:00:00Z`,
      granularity: 'DAILY',
      filter: FILTER,
      element_name,
      value,
    })),
  )
}
