import { validateDefinition } from '@/lib/definitions/validate'
import { handle, json } from '@/lib/http/handle'

export const POST = handle({ scope: 'read', text: true }, async ({ text }) => {
  const { valid, errors, warnings } = await validateDefinition(text)
  return json({ valid, errors, warnings })
})
