import { randomUUID } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Session } from 'chdb'

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** Binary data cannot stand in a statement's text: it goes through a file. */
function statementOf({ statement, body, folder }: { statement: string | null; body: Buffer; folder: string }): string {
  if (statement === null) return body.toString('utf8')
  const insert = /^(INSERT INTO .*) FORMAT Native\s*$/s.exec(statement)
  if (!insert) return `${statement}\n${body.toString('utf8')}`
  const path = join(folder, `${randomUUID()}.native`)
  writeFileSync(path, body)
  return `${insert[1]} SELECT * FROM file('${path}', Native)`
}

/** What the client puts into the address beside parameters and settings. */
const PROTOCOL = new Set(['query', 'query_id', 'database', 'default_format', 'session_id', 'role'])
/** Settings of the HTTP layer, which an embedded engine does not have. */
const HTTP_LAYER = new Set([
  'wait_end_of_query',
  'enable_http_compression',
  'send_progress_in_http_headers',
  'http_headers_progress_interval_ms',
])

/**
 * ClickHouse's HTTP interface in front of the embedded ClickHouse, as far as the official client speaks it: statement
 * in the address or the body, bound parameters, settings, errors as text. No ClickHouse server of this decade can be
 * installed from Debian; the engine behind this one is real.
 */
export async function startClickHouseHttp(): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'apportion-clickhouse-'))
  const files = mkdtempSync(join(tmpdir(), 'apportion-native-'))
  const session = new Session(folder)
  let last: Promise<unknown> = Promise.resolve()

  const run = async (request: IncomingMessage): Promise<Buffer> => {
    const search = new URL(request.url ?? '/', 'http://localhost').searchParams
    const body = await bodyOf(request)
    const statement = search.get('query')
    const sql = statementOf({ statement, body, folder: files })
    const params: Record<string, string> = {}
    const settings: string[] = []
    for (const [key, value] of search) {
      if (key.startsWith('param_')) params[key.slice('param_'.length)] = value
      else if (!PROTOCOL.has(key) && !HTTP_LAYER.has(key))
        settings.push(`SET ${key} = '${value.replaceAll("'", "''")}'`)
    }
    const text = [...settings, sql].join('; ')
    const format = search.get('default_format') ?? 'TabSeparated'
    const work = () =>
      Object.keys(params).length > 0
        ? session.queryBindAsync(text, params, { format })
        : session.queryAsync(text, { format })
    const next = last.then(work, work)
    last = next.catch(() => undefined)
    return Buffer.from((await next).bytes())
  }

  const server = createServer((request, response) => {
    if (request.url?.startsWith('/ping')) {
      response.end('Ok.\n')
      return
    }
    run(request).then(
      (bytes) => response.end(bytes),
      (error: unknown) => {
        response.statusCode = 500
        response.end(error instanceof Error ? error.message : String(error))
      },
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://default:@127.0.0.1:${address.port}/default`,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      session.close()
      await rm(folder, { recursive: true, force: true })
      await rm(files, { recursive: true, force: true })
    },
  }
}
