import { cloudZeroUnknownRoute } from '@/lib/http/cloudzero-route'

const answer = cloudZeroUnknownRoute()

export const GET = answer
export const POST = answer
export const PUT = answer
export const DELETE = answer
