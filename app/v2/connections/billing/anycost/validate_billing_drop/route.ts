import { checkDrop } from '@/lib/costs/anycost/submit-drop'
import { onV2Error } from '@/lib/http/cloudzero-v2-route'
import { handle, json } from '@/lib/http/handle'

export const POST = handle({ scope: 'ingest', text: true, onError: onV2Error }, async ({ text }) =>
  json(checkDrop(text)),
)
