import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'

const optionalText = z
  .string()
  .trim()
  .optional()
  .transform((value) => value || undefined)

const schema = z.object({
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: optionalText,
  CLICKHOUSE_URL: optionalText,
  BOOTSTRAP_API_KEY: optionalText,
  SECRET_KEY: optionalText,
  /** Where people reach the server, if behind a proxy: with https, cookies are marked secure. */
  PUBLIC_URL: optionalText,
  /** How many times its size a CSV.gz may unpack to; a bill shrinks to a tenth or a thirtieth. */
  GZIP_MAX_RATIO: z.coerce.number().positive().default(200),
  /** In GB (10⁹ bytes): how much a CSV.gz may unpack to, whatever its size. */
  GZIP_MAX_GB: z.coerce.number().positive().default(200),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
})

/** The environment of DESIGN §6, read when asked for, so that tests may set it first. */
export function env() {
  return schema.parse(process.env)
}

/** An absolute path under DATA_DIR; its folder is made. */
export function dataPath(...parts: string[]): string {
  const root = resolve(/* turbopackIgnore: true */ process.cwd(), env().DATA_DIR)
  const folder = resolve(root, ...parts.slice(0, -1))
  mkdirSync(folder, { recursive: true })
  return parts.length === 0 ? root : resolve(folder, parts[parts.length - 1] ?? '')
}
