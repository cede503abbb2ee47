import { handle, json } from '@/lib/http/handle'
import { openApiDocument } from '@/lib/http/openapi'

export const GET = handle({ scope: 'read' }, async () => json(openApiDocument()))
