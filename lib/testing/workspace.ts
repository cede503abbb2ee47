import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll } from 'vitest'

export const KEY = 'test-bootstrap-key'

export interface WorkspaceOptions {
  /** A PostgreSQL server's empty database instead of PGlite. */
  databaseUrl?: () => string
  /** A ClickHouse over HTTP instead of chDB. */
  clickHouseUrl?: () => string
  /** What stands in PGlite before the services first open it. */
  seed?: (postgres: PGlite) => Promise<void>
}

/**
 * A workspace of this test file's own, on the real engines: PGlite from the run's snapshot, or a PostgreSQL server,
 * chDB in a new folder, and the workers.
 */
export function useWorkspace({ databaseUrl, clickHouseUrl, seed }: WorkspaceOptions = {}): void {
  let folder = ''
  beforeAll(async () => {
    const root = process.env.APPORTION_TEST_FOLDER
    if (!root) throw new Error('APPORTION_TEST_FOLDER is not set: run the tests through vitest')
    folder = mkdtempSync(join(root, 'workspace-'))
    process.env.DATA_DIR = folder
    process.env.BOOTSTRAP_API_KEY = KEY
    if (clickHouseUrl) process.env.CLICKHOUSE_URL = clickHouseUrl()
    if (databaseUrl) process.env.DATABASE_URL = databaseUrl()
    else await restoreSnapshot({ root, folder, seed })
    const { startServices } = await import('../lifecycle')
    await startServices()
  })
  afterAll(async () => {
    const { stopServices } = await import('../lifecycle')
    await stopServices()
    await rm(folder, { recursive: true, force: true })
  })
}

async function restoreSnapshot({
  root,
  folder,
  seed,
}: { root: string; folder: string } & Pick<WorkspaceOptions, 'seed'>): Promise<void> {
  mkdirSync(join(folder, 'postgres'))
  const snapshot = new Blob([readFileSync(join(root, 'postgres.tar'))])
  const seeded = await PGlite.create({ dataDir: join(folder, 'postgres'), loadDataDir: snapshot })
  await seed?.(seeded)
  await seeded.close()
}

type Route = (request: Request, next: { params: Promise<Record<string, string>> }) => Promise<Response>

/** Calls a route as Next would, with the bootstrap key. */
export async function call(
  route: Route,
  path: string,
  init: RequestInit & { params?: Record<string, string> } = {},
): Promise<{ status: number; body: Record<string, unknown>; text: string }> {
  const headers = new Headers(init.headers)
  if (!headers.has('authorization')) headers.set('authorization', KEY)
  const request = new Request(`http://localhost${path}`, {
    ...init,
    headers,
    ...(init.body instanceof ReadableStream ? { duplex: 'half' } : {}),
  } as RequestInit)
  const response = await route(request, { params: Promise.resolve(init.params ?? {}) })
  const text = await response.text()
  const isJson = /json/.test(response.headers.get('content-type') ?? '')
  return { status: response.status, body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {}, text }
}

/** Asks until the answer is the wanted one; fails with the last one. */
export async function eventually<T>(read: () => Promise<T>, isWanted: (value: T) => boolean, seconds = 30): Promise<T> {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const value = await read()
    if (isWanted(value)) return value
    if (Date.now() > end)
      throw new Error(`did not come about in ${seconds} s; last seen: ${JSON.stringify(value).slice(0, 1000)}`)
    await pause(50)
  }
}
