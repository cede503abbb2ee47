import { readFile } from 'node:fs/promises'
import type { DropList } from '../../contract/cloudzero-v2'
import { database } from '../../db/client'
import { dataPath } from '../../env'
import { AppError } from '../../errors'
import { readDropCsv } from '../../wire/cloudzero-v2/drop-csv'
import { readMonth } from '../../wire/cloudzero-v2/read-drop'
import type { CbfRow } from '../../wire/cloudzero-v2/read-row'
import { standingRows } from '../../wire/cloudzero-v2/standing-rows'
import { v2Month } from './connection'
import { type Delivery, standingDrops } from './deliveries'

/** The drops that make up a connection's months, newest first; a month that was added to has several. */
export async function listDrops(connectionId: string): Promise<DropList> {
  const drops = await standingDrops({ connectionId })
  return {
    billing_drops: drops.reverse().map(({ id, month, rowCount, operation, status, createdAt }) => ({
      drop_id: id,
      month: v2Month(month),
      row_count: rowCount,
      operation,
      status,
      created: createdAt.toISOString(),
    })),
  }
}

async function rowsOf({ importId }: Delivery): Promise<CbfRow[]> {
  const { prisma } = await database()
  const file = await prisma.costImportFile.findFirst({ where: { importId }, orderBy: { position: 'asc' } })
  return file ? readDropCsv(await readFile(dataPath(file.path), 'utf8')) : []
}

async function* contentsJson(rows: AsyncIterable<CbfRow>): AsyncGenerator<string> {
  let separator = '{"billing_drop":['
  for await (const row of rows) {
    yield `${separator}${JSON.stringify(Object.fromEntries(row))}`
    separator = ','
  }
  yield separator === ',' ? ']}' : `${separator}]}`
}

/** The rows of a connection's month as its drops left them, as JSON text piece by piece. */
export async function readDropContents({
  connectionId,
  month: text,
}: {
  connectionId: string
  month: string
}): Promise<AsyncGenerator<string>> {
  const reading = readMonth(text)
  if ('error' in reading) throw new AppError('invalid_request', `month: ${reading.error}`)
  const { month } = reading
  const deliveries = await standingDrops({ connectionId, month })
  if (deliveries.length === 0) {
    throw new AppError('not_found', `The connection "${connectionId}" has no billing drop for ${month}.`)
  }
  return contentsJson(standingRows({ deliveries, read: rowsOf }))
}
