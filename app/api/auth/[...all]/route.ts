import { auth } from '@/lib/auth/auth'

const answer = async (request: Request) => (await auth()).handler(request)

export const GET = answer
export const POST = answer
