import { handle, json } from '@/lib/http/handle'
import { readCatalogue } from '@/lib/reports/catalogue'

export const GET = handle({ scope: 'read' }, async () => json(await readCatalogue()))
