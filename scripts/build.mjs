// Builds the pages unless the last build is of the same sources.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './prepare.mjs'

const SOURCES = [
  'app',
  'components',
  'lib',
  'public',
  'instrumentation.ts',
  'next.config.js',
  'tsconfig.json',
  'postcss.config.mjs',
  'package-lock.json',
]
const STAMP = '.next/apportion-sources'

function* filesOf(path) {
  if (!statSync(path).isDirectory()) yield path
  else for (const name of readdirSync(path).sort()) yield* filesOf(join(path, name))
}

function sourcesHash() {
  const hash = createHash('sha256')
  for (const source of SOURCES.filter((path) => existsSync(path))) {
    for (const file of filesOf(source)) {
      if (!/\.test\.tsx?$/.test(file)) hash.update(file).update(readFileSync(file))
    }
  }
  return hash.digest('hex')
}

export function build() {
  const hash = sourcesHash()
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash) return
  run(process.execPath, ['node_modules/next/dist/bin/next', 'build'], { NEXT_TELEMETRY_DISABLED: '1' })
  writeFileSync(STAMP, hash)
}
