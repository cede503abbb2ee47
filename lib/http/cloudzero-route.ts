import { z } from 'zod'
import { AppError } from '../errors'
import type { RecordError, TelemetryOperation } from '../telemetry/record'
import { submitTelemetry } from '../telemetry/submit'
import { errorReply, successReply } from '../wire/cloudzero-response'
import { handle } from './handle'

const params = z.object({ stream: z.string() })

function onError({ error, requestId }: { error: AppError; requestId: string }): Response {
  const errors = (error.extra.record_errors ?? []) as RecordError[]
  const { status, headers, body } = errorReply({ code: error.code, message: error.message, errors })
  return Response.json(body, { status, headers: { ...headers, 'x-request-id': requestId } })
}

/** A path that is not served, in the words of this wire. */
export function cloudZeroUnknownRoute() {
  return handle({ scope: null, onError }, async ({ request }) => {
    throw new AppError('invalid_request', `There is no ${request.method} ${new URL(request.url).pathname} here.`)
  })
}

/** One route of CloudZero's allocation telemetry: its paths, its statuses, its error bodies (reference/cloudzero.md §1). */
export function cloudZeroTelemetryRoute(operation: TelemetryOperation) {
  return handle(
    {
      scope: 'ingest',
      params,
      text: true,
      onError,
    },
    async ({ ctx, params: { stream }, text }) => {
      const accepted = await submitTelemetry({ ctx, name: stream, operation, text })
      const { status, headers, body } = successReply({
        operation,
        records: accepted.records,
        batchId: accepted.batch_id,
      })
      return Response.json(body, { status, headers })
    },
  )
}
