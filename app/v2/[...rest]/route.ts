import { v2UnknownRoute } from '@/lib/http/cloudzero-v2-route'

const answer = v2UnknownRoute()

export const GET = answer
export const POST = answer
export const PUT = answer
export const PATCH = answer
export const DELETE = answer
