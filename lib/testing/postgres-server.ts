import { execFileSync, type SpawnSyncOptions, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'

/** Where Debian keeps a server's programs; null where there is none. */
export function findPostgres(): string | null {
  const root = '/usr/lib/postgresql'
  if (!existsSync(root)) return null
  const bins = readdirSync(root).map((version) => join(root, version, 'bin'))
  return bins.find((bin) => existsSync(join(bin, 'initdb')) && existsSync(join(bin, 'postgres'))) ?? null
}

const idOf = (flag: '-u' | '-g') => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))

/** The server refuses to run as root. */
function userOptions(): Pick<SpawnSyncOptions, 'uid' | 'gid'> {
  return process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {}
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}

/** A real PostgreSQL of this test's own, in a temporary folder, on the loopback address. */
export async function startPostgres(bin: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'apportion-postgres-'))
  const user = userOptions()
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'apportion', '-A', 'trust', '-E', 'UTF8', '--no-sync'], {
    ...user,
    stdio: 'ignore',
    cwd: folder,
  })
  const port = await freePort()
  const server = spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder, '-F'], {
    ...user,
    stdio: ['ignore', 'ignore', 'pipe'],
    cwd: folder,
  })
  await new Promise<void>((resolve, reject) => {
    let output = ''
    server.stderr?.on('data', (data: Buffer) => {
      output += data.toString()
      if (output.includes('ready to accept connections')) resolve()
    })
    server.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code}: ${output}`)))
  })
  const admin = new pg.Client({ connectionString: `postgresql://apportion@127.0.0.1:${port}/postgres` })
  await admin.connect()
  await admin.query('CREATE DATABASE apportion')
  // A zone that would show any use of the server's own.
  await admin.query("ALTER DATABASE apportion SET timezone = 'America/St_Johns'")
  await admin.end()
  return {
    url: `postgresql://apportion@127.0.0.1:${port}/apportion`,
    async stop() {
      const ended = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGINT')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}
