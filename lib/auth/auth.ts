import { betterAuth } from 'better-auth'
import { prismaAdapter } from 'better-auth/adapters/prisma'
import { database } from '../db/client'
import { env } from '../env'
import { secretKey } from '../secret'
import { processSingleton } from '../singleton'

function requestOrigins(request: Request | undefined): string[] {
  const host = request?.headers.get('x-forwarded-host') ?? request?.headers.get('host')
  return host ? [`http://${host}`, `https://${host}`] : []
}

async function createAuth() {
  const { prisma } = await database()
  const { PUBLIC_URL } = env()
  return betterAuth({
    database: prismaAdapter(prisma, { provider: 'postgresql' }),
    secret: secretKey(),
    baseURL: PUBLIC_URL,
    // Without PUBLIC_URL the server answers under whatever name it is reached; only its own pages may post to it.
    trustedOrigins: async (request) => requestOrigins(request),
    // The first account is made by the first-run page; nobody signs up by himself.
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 8, maxPasswordLength: 256 },
    session: { expiresIn: 14 * 24 * 3600, updateAge: 24 * 3600 },
    advanced: { useSecureCookies: PUBLIC_URL?.startsWith('https://') ?? false, cookiePrefix: 'apportion' },
    rateLimit: { enabled: true, window: 60, max: 300, customRules: { '/sign-in/email': { window: 60, max: 20 } } },
    telemetry: { enabled: false },
    logger: { level: 'error' },
  })
}

/** Accounts and sessions: better-auth over the same PostgreSQL. */
export const auth = processSingleton('auth', createAuth)
