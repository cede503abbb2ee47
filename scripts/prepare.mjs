// What must be there before anything else runs: the packages of package-lock.json and the generated Prisma client.
// Uses Node's own modules only, because on a fresh clone there is nothing else.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const hashOf = (path) => createHash('sha256').update(readFileSync(path)).digest('hex')
const stampOf = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '')

/** Runs a command; a failure ends this process with its status. */
export function run(command, args, env = {}) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } })
  if (error) throw error
  if (status !== 0) process.exit(status ?? 1)
}

function once({ stamp, hash, work }) {
  if (stampOf(stamp) === hash) return
  work()
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, hash)
}

export function prepare() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 9)) {
    console.error(`Apportion needs Node 20.9 or newer; this is ${process.versions.node}.`)
    process.exit(1)
  }
  once({
    stamp: 'node_modules/.apportion-packages',
    hash: hashOf('package-lock.json'),
    // The versions of the lock file. Not `npm ci`: it insists on an entry for each platform's binary packages, and
    // picks none that a mirror has left out. The build and the tests need the development packages, whatever NODE_ENV.
    work: () => run('npm', ['install', '--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']),
  })
  once({
    stamp: 'lib/db/generated/.apportion-schema',
    hash: hashOf('prisma/schema.prisma'),
    // The CLI would download an engine binary that generating does not need.
    work: () =>
      run(process.execPath, ['node_modules/prisma/build/index.js', 'generate'], {
        PRISMA_SCHEMA_ENGINE_BINARY: '/bin/false',
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
      }),
  })
}
