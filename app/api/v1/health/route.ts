import { readHealth } from '@/lib/health'
import { handle, json } from '@/lib/http/handle'

export const GET = handle({ scope: null }, async () => {
  const health = await readHealth()
  return json(health, health.status === 'ok' ? 200 : 503)
})
