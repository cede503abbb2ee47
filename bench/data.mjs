// The bench's bills, written once by the generator: the same arguments give the same bytes.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const CSV_LINES = Number(process.env.BENCH_CSV_LINES ?? 1_000_000)
export const PARQUET_LINES = Number(process.env.BENCH_PARQUET_LINES ?? 10_000_000)
const folder = process.env.BENCH_DATA ?? join(tmpdir(), 'apportion-bench-data')

export function bill({ lines, format }) {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `bill-${lines}.${format}`)
  if (existsSync(path)) return path
  console.log(`writing ${path}`)
  const half = join(folder, `half-${lines}.${format}`)
  const asked = ['--lines', String(lines), '--months', '3', '--start', '2024-10', '--format', format, '--out', half]
  execFileSync(process.execPath, ['scripts/generate-bill.mjs', ...asked], { stdio: ['ignore', 'ignore', 'inherit'] })
  renameSync(half, path)
  return path
}
