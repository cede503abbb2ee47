import { listDimensions } from '@/lib/definitions/list-dimensions'
import { handle, json } from '@/lib/http/handle'

export const GET = handle({ scope: 'read' }, async () => json(await listDimensions()))
