import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const KEY = 'e2e-bootstrap-key'

export interface Server {
  url: string
  dataDir: string
  /** As `kill -9` does: nothing gets a chance to finish. */
  kill(): Promise<void>
  /** As an orchestrator does; resolves with the exit code. */
  stop(): Promise<number | null>
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}

function ended(child: ChildProcess): Promise<number | null> {
  return child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve(child.exitCode)
    : new Promise((resolve) => child.once('exit', (code) => resolve(code)))
}

/** `npm start` on the built pages, with a DATA_DIR of its own or one that a server before had. */
export async function startServer({
  dataDir,
  env = {},
}: {
  dataDir?: string
  env?: Record<string, string>
} = {}): Promise<Server> {
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'apportion-e2e-')))
  const port = await freePort()
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: String(port),
      DATA_DIR: folder,
      BOOTSTRAP_API_KEY: KEY,
      LOG_LEVEL: 'warn',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const collect = (data: Buffer) => {
    output = (output + data.toString()).slice(-20_000)
  }
  child.stdout?.on('data', collect)
  child.stderr?.on('data', collect)
  const url = `http://localhost:${port}`
  const server: Server = {
    url,
    dataDir: folder,
    async kill() {
      child.kill('SIGKILL')
      await ended(child)
    },
    async stop() {
      child.kill('SIGTERM')
      return ended(child)
    },
  }
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', () => output.includes('Apportion is ready') && resolve())
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${output}`)))
  })
  return server
}

export async function discard(server: Server): Promise<void> {
  await server.stop()
  await rm(server.dataDir, { recursive: true, force: true })
}
