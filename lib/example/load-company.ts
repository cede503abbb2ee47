import { createReadStream } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { z } from 'zod'
import type { Context } from '../auth/principal'
import { canonicalFilterKey } from '../costformation/source'
import { receiveBill } from '../costs/import/receive'
import { database } from '../db/client'
import { currentDefinition } from '../definitions/current'
import { saveDefinition } from '../definitions/save'
import { dataPath } from '../env'
import { parseJson } from '../parse-json'
import { throwIfStopping } from '../stopping'
import { writeBatch } from '../telemetry/write-batch'
import { parseTelemetry } from '../wire/cloudzero'
import { EXAMPLE_DEFINITIONS, EXAMPLE_WORKSPACE_DEFINITIONS } from './definitions'
import { generateBill } from './generate'

export const COMPANY_SOURCE = 'example-saas'

/** The quarter before the small bill's month, so that the newest month stays the one that people look at first. */
const BILL: readonly string[] = ['--lines', '200000', '--start', '2024-06', '--months', '3']
const FILE_NAME = 'saas-2024-06-to-08.csv.gz'

const telemetryBody = z.object({ stream: z.string(), records: z.array(z.unknown()) })

async function isLoaded(): Promise<boolean> {
  const { prisma } = await database()
  const imports = { source: COMPANY_SOURCE, status: { notIn: ['failed', 'cancelled'] } }
  return (await prisma.costImport.count({ where: imports })) > 0
}

/** One batch; after a crash the key keeps it from being written again. */
async function writeBody({ ctx, line, index }: { ctx: Context; line: string; index: number }) {
  const { stream, records } = telemetryBody.parse(parseJson(line))
  const parsed = parseTelemetry({
    operation: 'replace',
    body: { records },
    now: new Date(),
    canonicalKey: canonicalFilterKey,
  })
  if (!parsed.ok) throw new Error(`the telemetry of ${stream} is not valid: ${parsed.errors[0]?.reason}`)
  const idempotency = { key: `${COMPANY_SOURCE}/${index}`, requestHash: stream }
  await writeBatch({ ctx: { ...ctx, idempotency }, name: stream, operation: 'replace', parsed, origin: 'example' })
}

/** What people have made of the definitions meanwhile stays. */
async function extendDefinitions(ctx: Context) {
  const { version, yaml } = await currentDefinition()
  if (yaml !== EXAMPLE_DEFINITIONS) return
  await saveDefinition({ ctx, yaml: EXAMPLE_WORKSPACE_DEFINITIONS, baseVersion: version })
}

/** As long as the small bill's split may take; what is slower has to share the machine. */
const PATIENCE_MILLISECONDS = 60_000
const LOOK_MILLISECONDS = 500
/** For whoever looks at the small bill to see it. */
const PAUSE_MILLISECONDS = 5000

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

/** Lets the small bill's split stand first: it is what people wait for. */
async function afterSmallBill(): Promise<void> {
  const { prisma } = await database()
  const end = Date.now() + PATIENCE_MILLISECONDS
  while (Date.now() < end) {
    throwIfStopping()
    const importing = await prisma.costImport.count({ where: { status: { in: ['queued', 'running'] } } })
    const streams = await prisma.stream.findMany({ select: { lastSeq: true, availableSeq: true } })
    const isComputed = (await prisma.staleDay.count()) === 0
    if (importing === 0 && isComputed && streams.every(({ lastSeq, availableSeq }) => availableSeq >= lastSeq)) break
    await pause(LOOK_MILLISECONDS)
  }
  await pause(PAUSE_MILLISECONDS)
}

/**
 * The bill of a made-up company: three months, many pools, what they are split by, and the dimensions for it. Generated
 * here, then received like any other bill. Doing it again changes nothing.
 */
export async function loadCompany({
  createdBy,
  bill: args = BILL,
}: {
  createdBy: string
  /** Arguments of `generate-bill`. */
  bill?: readonly string[]
}): Promise<void> {
  const ctx: Context = {
    principal: { kind: 'system', id: COMPANY_SOURCE, name: createdBy, scopes: ['admin'] },
    requestId: COMPANY_SOURCE,
  }
  const bill = dataPath('example', FILE_NAME)
  const telemetry = dataPath('example', 'telemetry.jsonl')
  await afterSmallBill()
  try {
    if (!(await isLoaded())) {
      await generateBill([...args, '--out', bill])
      await receiveBill({
        ctx,
        source: COMPANY_SOURCE,
        format: 'auto',
        mode: 'replace',
        files: [{ name: FILE_NAME, stream: createReadStream(bill) }],
      })
    }
    await generateBill([...args, '--telemetry', telemetry])
    const lines = (await readFile(telemetry, 'utf8')).split('\n').filter((line) => line !== '')
    for (const [index, line] of lines.entries()) await writeBody({ ctx, line, index })
    await extendDefinitions(ctx)
  } finally {
    await rm(dataPath('example'), { recursive: true, force: true })
  }
}
