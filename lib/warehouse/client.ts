import type { Readable } from 'node:stream'
import {
  type ClickHouseClient,
  type ClickHouseClientConfigOptions,
  type ClickHouseSettings,
  createClient,
} from '@clickhouse/client'
import type { z } from 'zod'
import { dataPath, env } from '../env'
import { closeSingleton, processSingleton } from '../singleton'
import { KeptAnswers } from './kept-answers'
import { Lanes } from './lanes'
import { migrateWarehouse } from './migrate'
import { SETTINGS, setSql } from './settings'

/** Bound by ClickHouse, never spliced into the text. */
export type QueryParams = Record<string, unknown>

export interface NativeInsert {
  table: string
  columns: readonly string[]
  stream: Readable
}

export interface Warehouse {
  embedded: boolean
  /**
   * Rows of a SELECT, each parsed by the schema; decimals and 64-bit integers come as strings. `immutable`: the statement
   * names runs and imports by their numbers, and reads nothing else, so that its answer may be kept.
   */
  query<T extends z.ZodType>(input: {
    query: string
    params?: QueryParams
    schema: T
    immutable?: boolean
  }): Promise<z.infer<T>[]>
  /** A statement without a result. */
  command(input: { query: string; params?: QueryParams }): Promise<void>
  /** Rows of plain values. */
  insert(input: { table: string; rows: readonly Record<string, unknown>[] }): Promise<void>
  /** Rows in ClickHouse's own binary form, as they stream in; null where the engine is in this process. */
  insertNative: ((input: NativeInsert) => Promise<void>) | null
  close(): Promise<void>
}

const EMBEDDED_SETTINGS = {
  ...SETTINGS,
  max_memory_usage: '4000000000',
  max_bytes_before_external_group_by: '1000000000',
}

const SERVER_SETTINGS: ClickHouseSettings = {
  ...SETTINGS,
  // Errors in the middle of a result must not look like its end.
  wait_end_of_query: 1,
  // A long statement keeps its connection alive through load balancers.
  send_progress_in_http_headers: 1,
  http_headers_progress_interval_ms: '20000',
}

/** A connection; an embedded one runs one statement at a time. */
type Lane = ClickHouseClient

/** A JSON document of rows by position. */
interface Answer {
  meta?: { name: string }[]
  data?: unknown[][]
}

/** Of all answers that are kept, as the text they came as, which takes a tenth of the memory: the default view of fifty elements over a month is a hundredth of it. */
const KEPT_CHARACTERS = 8_000_000

interface Connections {
  run<T>(work: (lane: Lane) => Promise<T>): Promise<T>
  end(work: (lane: Lane) => Promise<void>): Promise<void>
}

function warehouseOver({
  connections: { run, end },
  embedded,
  insertNative,
}: {
  connections: Connections
  embedded: boolean
  insertNative: Warehouse['insertNative']
}): Warehouse {
  const kept = new KeptAnswers({ most: KEPT_CHARACTERS, largest: KEPT_CHARACTERS / 8 })
  const read = (query: string, params?: QueryParams) =>
    run(async (client) => {
      const result = await client.query({ query, query_params: params, format: 'JSONCompact' })
      // One document, and the names but once: read in half the time that a document a row takes.
      return result.text()
    })
  return {
    embedded,
    query: async ({ query, params, schema, immutable }) => {
      const text = await (immutable ? kept.get(query, () => read(query)) : read(query, params))
      const { meta = [], data = [] } = JSON.parse(text) as Answer
      const names = meta.map(({ name }) => name)
      return data.map((values) => {
        const row: Record<string, unknown> = {}
        for (let index = 0; index < names.length; index++) row[names[index] as string] = values[index]
        return schema.parse(row)
      })
    },
    command: ({ query, params }) =>
      run(async (client) => {
        await client.command({ query, query_params: params })
      }),
    insert: ({ table, rows }) =>
      run(async (client) => {
        if (rows.length > 0) await client.insert({ table, values: rows, format: 'JSONEachRow' })
      }),
    insertNative,
    close: () => end((client) => client.close()),
  }
}

function insertNativeOverHttp(client: ClickHouseClient) {
  return async ({ table, columns, stream }: NativeInsert): Promise<void> => {
    const query = `INSERT INTO ${table} (${columns.join(', ')}) FORMAT Native`
    const { stream: answer } = await client.exec({ query, values: stream })
    answer.resume()
  }
}

function openServer(url: string): Warehouse {
  const client = createClient({ url, clickhouse_settings: SERVER_SETTINGS, request_timeout: 300_000 })
  // The client keeps connections of its own, as many as it needs.
  const connections: Connections = { run: (work) => work(client), end: (work) => work(client) }
  return warehouseOver({ connections, embedded: false, insertNative: insertNativeOverHttp(client) })
}

/**
 * Connections to the embedded engine: as many statements run beside each other, so that a long one holds nobody up.
 * Each takes a thread of libuv's four while it runs; one stays free for files.
 */
const LANES = 3

async function openEmbedded(): Promise<Warehouse> {
  const { createChdbConnection } = await import('chdb/connection')
  const openLane = async (): Promise<Lane> => {
    const embedded = createChdbConnection({ path: dataPath('clickhouse') })
    // Once a connection, which keeps them: given to the client, each is a statement of its own before every statement.
    await embedded.chdb.queryAsync(setSql(EMBEDDED_SETTINGS))
    // The same contract, declared once by the client and once by its older common package.
    const connection = embedded as unknown as ClickHouseClientConfigOptions['connection']
    return createClient({ connection })
  }
  const lanes = new Lanes(await Promise.all(Array.from({ length: LANES }, openLane)))
  const connections: Connections = { run: (work) => lanes.run(work), end: (work) => lanes.end(work) }
  return warehouseOver({ connections, embedded: true, insertNative: null })
}

async function openWarehouse(): Promise<Warehouse> {
  const { CLICKHOUSE_URL } = env()
  return CLICKHOUSE_URL ? openServer(CLICKHOUSE_URL) : openEmbedded()
}

/** The one door to ClickHouse: chDB under DATA_DIR, or CLICKHOUSE_URL. Opened, and migrated, by the first caller. */
export const warehouse = processSingleton<Warehouse>('warehouse', async () => {
  const opened = await openWarehouse()
  await migrateWarehouse(opened)
  return opened
})

export async function closeWarehouse(): Promise<void> {
  await closeSingleton<Warehouse>('warehouse', (opened) => opened.close())
}
