import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { dataPath, env } from './env'

/** SECRET_KEY, or one made on the first start and kept in DATA_DIR, readable by its owner only. */
export function secretKey(): string {
  const { SECRET_KEY } = env()
  if (SECRET_KEY) return SECRET_KEY
  const path = dataPath('secret.key')
  try {
    // 'wx': of several processes that start at once, one writes and the others read.
    writeFileSync(path, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return readFileSync(path, 'utf8').trim()
}
