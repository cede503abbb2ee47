import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import type { Context } from '../auth/principal'
import { canonicalFilterKey } from '../costformation/source'
import { receiveBill } from '../costs/import/receive'
import { transact } from '../db/transact'
import { currentDefinition } from '../definitions/current'
import { saveDefinition } from '../definitions/save'
import { AppError } from '../errors'
import { enqueue, wake } from '../jobs/queue'
import { writeBatch } from '../telemetry/write-batch'
import { parseTelemetry } from '../wire/cloudzero'
import { EXAMPLE_DEFINITIONS, EXAMPLE_SOURCE, EXAMPLE_STREAM, EXAMPLE_WORKSPACE_DEFINITIONS } from './definitions'

const FILE_NAME = 'focus-1.0-sample.csv'

/** Days of September 2024 that have database cost and get no telemetry, so that unallocated cost is seen. */
const SILENT_DAYS = new Set(['2024-09-08', '2024-09-26'])

function exampleTelemetry() {
  const days = Array.from({ length: 30 }, (_, index) => `2024-09-${String(index + 1).padStart(2, '0')}`)
  const records = days
    .filter((day) => !SILENT_DAYS.has(day))
    .flatMap((day) =>
      [
        { element_name: 'Email', value: 100045 },
        { element_name: 'Messaging', value: 1000600 },
      ].map((record) => ({
        ...record,
        timestamp: `${day}T00:00:00Z`,
        granularity: 'DAILY',
        filter: { 'custom:Shared RDS': ['Shared Data Lake'] },
      })),
    )
  const parsed = parseTelemetry({
    operation: 'replace',
    body: { records },
    now: new Date(),
    canonicalKey: canonicalFilterKey,
  })
  if (!parsed.ok) throw new Error(`the example's telemetry is not valid: ${parsed.errors[0]?.reason}`)
  return parsed
}

/**
 * The sample bill and its telemetry, at once; the company's bill follows as a job. Loading it twice changes nothing; own
 * definitions are never replaced.
 */
export async function loadExample({ ctx }: { ctx: Context }): Promise<{ import_id: string }> {
  const { version, yaml } = await currentDefinition()
  if (version > 0 && yaml !== EXAMPLE_DEFINITIONS && yaml !== EXAMPLE_WORKSPACE_DEFINITIONS) {
    throw new AppError(
      'conflict',
      'This workspace has definitions of its own, which the example would replace. Load it into an empty workspace.',
    )
  }
  const plain = { ...ctx, idempotency: undefined }
  const path = join(/* turbopackIgnore: true */ process.cwd(), 'public', 'example', FILE_NAME)
  const { id } = await receiveBill({
    ctx: plain,
    source: EXAMPLE_SOURCE,
    format: 'auto',
    mode: 'replace',
    files: [{ name: FILE_NAME, stream: createReadStream(path) }],
  })
  if (version === 0) await saveDefinition({ ctx: plain, yaml: EXAMPLE_DEFINITIONS })
  await writeBatch({
    ctx: plain,
    name: EXAMPLE_STREAM,
    operation: 'replace',
    parsed: exampleTelemetry(),
    origin: 'example',
  })
  await transact({
    ctx: plain,
    run: async (tx) => {
      await enqueue({ tx, name: 'load-company', data: { createdBy: ctx.principal.name } })
      return null
    },
  })
  await wake('load-company')
  return { import_id: id }
}
