import { loadExample } from '@/lib/example/load'
import { handle, json } from '@/lib/http/handle'

export const POST = handle({ scope: 'admin' }, async ({ ctx }) => json(await loadExample({ ctx }), 202))
