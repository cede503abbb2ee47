/** Telemetry on its way to files: all requests in one, a line each, or a file for each. */
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { daysOf } from './plan.mjs'
import { telemetryBodies } from './telemetry.mjs'

async function write(path, text) {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(`${path}.part`, text)
  await rename(`${path}.part`, path)
}

export async function writeTelemetry({ seed, start, months, file, directory }) {
  const bodies = telemetryBodies({ seed, days: daysOf({ start, months }) })
  if (file) await write(file, bodies.map((body) => `${JSON.stringify(body)}\n`).join(''))
  if (directory) {
    const counts = new Map()
    for (const { stream, records } of bodies) {
      const number = (counts.get(stream) ?? 0) + 1
      counts.set(stream, number)
      await write(join(directory, `${stream}-${number}.json`), JSON.stringify({ records }))
    }
  }
  return bodies.reduce((sum, { records }) => sum + records.length, 0)
}
