// A FOCUS bill of any size, the same for the same arguments: node scripts/generate-bill.mjs --help
import { HELP, readArguments, UsageError } from './generate-bill/arguments.mjs'

const say = (text) => process.stderr.write(`${text}\n`)

async function main() {
  const { help, telemetry, telemetryDir, ...bill } = readArguments(process.argv.slice(2))
  if (help) {
    process.stdout.write(HELP)
    return
  }
  if (telemetry || telemetryDir) {
    const { writeTelemetry } = await import('./generate-bill/write-telemetry.mjs')
    const count = await writeTelemetry({ ...bill, file: telemetry, directory: telemetryDir })
    say(`${count} telemetry records`)
  }
  if (bill.files.length > 0) {
    const { generateBill } = await import('./generate-bill/generate.mjs')
    await generateBill({ ...bill, progress: say })
  }
}

try {
  await main()
} catch (error) {
  say(error instanceof UsageError ? `${error.message}\nHow it is used: --help` : (error?.stack ?? String(error)))
  process.exitCode = error instanceof UsageError ? 2 : 1
}
