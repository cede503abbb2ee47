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
    async available(stream: string, timeout = 5000): Promise<void> {
      await expect
        .poll(async () => (await send('GET', `/api/v1/streams/${stream}`)).body.status, { timeout, intervals: [100] })
        .toBe('Available')
    },
  }
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
