import { AppError } from '@/lib/errors'
import { handle } from '@/lib/http/handle'

const answer = handle({ scope: null }, async ({ request }) => {
  throw new AppError('not_found', `There is no ${request.method} ${new URL(request.url).pathname}; see /docs.`)
})

export const GET = answer
export const POST = answer
export const PUT = answer
export const PATCH = answer
export const DELETE = answer
