import { parse as parseLossless } from 'lossless-json'
import type { Context } from '../auth/principal'
import { canonicalFilterKey } from '../costformation/source'
import { parseJson } from '../parse-json'
import { parseTelemetry } from '../wire/cloudzero'
import type { TelemetryOperation } from './record'
import { type BatchAccepted, rejectedBatch, writeBatch } from './write-batch'

/** Takes the JSON of an allocation telemetry request, as CloudZero's senders write it. */
export async function submitTelemetry({
  ctx,
  name,
  operation,
  text,
}: {
  ctx: Context
  name: string
  operation: TelemetryOperation
  text: string
}): Promise<BatchAccepted> {
  // Numbers keep their digits: 12345678901234567890 is a value, not a double.
  const body = parseJson(text, (json) => parseLossless(json))
  const parsed = parseTelemetry({ operation, body, now: new Date(), canonicalKey: canonicalFilterKey })
  if (!parsed.ok) throw rejectedBatch(parsed.errors)
  return writeBatch({ ctx, name, operation, parsed, origin: 'API' })
}
