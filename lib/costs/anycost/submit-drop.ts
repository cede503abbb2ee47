import { Readable } from 'node:stream'
import { parse as parseLossless } from 'lossless-json'
import type { z } from 'zod'
import type { Context } from '../../auth/principal'
import type { DropOperation, dropAccepted, dropChecked } from '../../contract/cloudzero-v2'
import type { ImportMode } from '../../contract/costs'
import { AppError } from '../../errors'
import { parseJson } from '../../parse-json'
import { writeDropCsv } from '../../wire/cloudzero-v2/drop-csv'
import { describeError, readDrop, summariseErrors } from '../../wire/cloudzero-v2/read-drop'
import { receiveBill } from '../import/receive'
import { sourceOf, v2Month } from './connection'

const MODE: Record<DropOperation, ImportMode> = {
  replace_drop: 'replace',
  replace_hourly: 'replace_hours',
  sum: 'append',
}

/**
 * Takes an AnyCost billing drop in as an import of its connection: every row is valid, or nothing is kept. The drop and
 * its import are committed when this returns.
 */
export async function submitDrop({
  ctx,
  connectionId,
  text,
}: {
  ctx: Context
  connectionId: string
  text: string
}): Promise<z.infer<typeof dropAccepted>> {
  const reading = readDrop(parseJson(text, parseLossless))
  if ('errors' in reading) {
    const { errors } = reading
    throw new AppError('invalid_request', summariseErrors(errors), [], { errors })
  }
  const { month, operation, rows } = reading.drop
  const { id } = await receiveBill({
    ctx,
    source: sourceOf(connectionId),
    format: 'cbf',
    mode: MODE[operation],
    // A sum that is sent again adds again: CloudZero's senders count on it.
    allowRepeat: operation === 'sum',
    maxRejected: 0,
    files: [{ name: `${month}.csv`, stream: Readable.from(writeDropCsv(rows)) }],
    within: async (tx, importId) => {
      await tx.anycostDrop.create({
        data: {
          // A repeated request gets the first one's import, and so its drop.
          id: importId,
          importId,
          connectionId,
          month: new Date(`${month}-01T00:00:00Z`),
          operation,
          rowCount: rows.length,
        },
      })
    },
  })
  return { connection: { drop_id: id, month: v2Month(month), row_count: rows.length } }
}

/** Whether a drop would be taken, and everything that is wrong with it; nothing is stored. */
export function checkDrop(text: string): z.infer<typeof dropChecked> {
  const reading = readDrop(parseJson(text, parseLossless))
  const errors = 'errors' in reading ? reading.errors.map(describeError) : []
  return { connection: { is_valid: errors.length === 0, errors } }
}
