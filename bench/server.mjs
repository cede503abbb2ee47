// A server of the bench's own: the built one, with the embedded engines on an empty DATA_DIR.
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, rmSync } from 'node:fs'

export const KEY = 'bench-key'

/** Of /api/v1/health: whether no job waits or runs. */
export const isIdle = ({ queue }) => queue.waiting + queue.running === 0

/** Resident memory in MB of a process and those that it started. */
export function memoryOf(pid) {
  const parents = new Map()
  const resident = new Map()
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    try {
      const fields = readFileSync(`/proc/${entry}/stat`, 'utf8').split(') ').at(-1).split(' ')
      parents.set(Number(entry), Number(fields[1]))
      resident.set(Number(entry), Number(fields[21]) * 4096)
    } catch {
      // It has ended meanwhile.
    }
  }
  const isBelow = (id) => id === pid || (parents.has(id) && parents.get(id) > 1 && isBelow(parents.get(id)))
  let sum = 0
  for (const [id, bytes] of resident) if (isBelow(id)) sum += bytes
  return sum / 1e6
}

export async function startServer({ port, dataDir }) {
  const started = performance.now()
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: String(port),
      DATA_DIR: dataDir,
      BOOTSTRAP_API_KEY: KEY,
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise((resolve, reject) => {
    child.stdout.on('data', (data) => String(data).includes('Apportion is ready') && resolve())
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })
  const url = `http://localhost:${port}`
  const call = async (method, path, body, headers = {}) => {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: KEY, ...headers },
      body,
      ...(body && typeof body === 'object' && !Buffer.isBuffer(body) ? { duplex: 'half' } : {}),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 500)}`)
    return /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text
  }
  const until = async (path, isDone, pause = 20) => {
    for (;;) {
      const answer = await call('GET', path)
      if (isDone(answer)) return answer
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
  return {
    milliseconds: performance.now() - started,
    pid: child.pid,
    call,
    until,
    stop: async () => {
      child.removeAllListeners('exit')
      child.kill('SIGTERM')
      await new Promise((resolve) => child.once('exit', resolve))
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
