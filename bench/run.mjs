// npm run bench: what the README and the notes claim, measured over HTTP on servers of its own with embedded engines.
// Each figure stands beside a baseline of the same run, because machines are noisy. Also written as JSON.
// `npm run bench -- small`, `-- large` or `-- splits` runs a part.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepare } from '../scripts/prepare.mjs'

prepare()
const { build } = await import('../scripts/build.mjs')
build()
const { startDuckDb } = await import('./duckdb.mjs')
const { benchExplorer, benchPreview } = await import('./explorer.mjs')
const { benchImports } = await import('./imports.mjs')
const { noise, Report } = await import('./measure.mjs')
const { startServer } = await import('./server.mjs')
const { benchSmall } = await import('./small.mjs')
const { benchSplits } = await import('./splits.mjs')

const port = Number(process.env.PORT ?? 3939)
const parts = process.argv.slice(2)
const report = new Report()
const folder = (name) => mkdtempSync(join(tmpdir(), `apportion-bench-${name}-`))

async function small() {
  const server = await startServer({ port, dataDir: folder('small') })
  try {
    await benchSmall({ server, report })
  } finally {
    await server.stop()
  }
}

async function large() {
  const duckFolder = folder('duckdb')
  const duck = startDuckDb(join(duckFolder, 'bill.duckdb'))
  const server = await startServer({ port, dataDir: folder('large') })
  try {
    await benchImports({ server, duck, report })
    await benchExplorer({ server, duck, report })
    await benchPreview({ server, report })
  } finally {
    duck.stop()
    await server.stop()
    rmSync(duckFolder, { recursive: true, force: true })
  }
}

async function splits() {
  const duckFolder = folder('duckdb')
  const duck = startDuckDb(join(duckFolder, 'bill.duckdb'))
  const server = await startServer({ port, dataDir: folder('splits') })
  try {
    await benchSplits({ server, duck, report })
  } finally {
    duck.stop()
    await server.stop()
    rmSync(duckFolder, { recursive: true, force: true })
  }
}

const noiseBefore = await noise()
if (parts.length === 0 || parts.includes('small')) await small()
if (parts.length === 0 || parts.includes('large')) await large()
if (parts.length === 0 || parts.includes('splits')) await splits()
const noiseAfter = await noise()
const machine = { cpu: cpus()[0]?.model, cores: availableParallelism(), noiseBefore, noiseAfter, node: process.version }
console.log(
  `machine: ${machine.cores} cores, ${machine.cpu}; slowest of equal loops × ${noiseBefore.toFixed(2)} of the fastest before, × ${noiseAfter.toFixed(2)} after`,
)
const results = { at: new Date().toISOString(), machine, results: report.results }
writeFileSync('bench-results.json', `${JSON.stringify(results, null, 2)}\n`)
