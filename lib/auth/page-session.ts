import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { connection } from 'next/server'
import { isFirstRun } from './administrator'
import { auth } from './auth'

async function currentUser() {
  // First of all: whoever asks for the headers is never rendered at build time, where no engine may open.
  const asked = await headers()
  const session = await (await auth()).api.getSession({ headers: asked })
  return session ? { id: session.user.id, name: session.user.name, email: session.user.email } : null
}

/** For pages behind the sign-in: the first run goes to the set-up, a stranger to the sign-in. */
export async function requirePageSession() {
  const user = await currentUser()
  if (user) return { user }
  redirect((await isFirstRun()) ? '/setup' : '/sign-in')
}

export async function redirectIfSignedIn(): Promise<void> {
  if (await currentUser()) redirect('/')
  if (await isFirstRun()) redirect('/setup')
}

/** For the set-up page, which serves once. */
export async function requireFirstRun(): Promise<void> {
  // Never at build time: the answer is the running server's, and a build must not open an engine.
  await connection()
  if (!(await isFirstRun())) redirect('/sign-in')
}
