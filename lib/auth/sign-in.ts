import { auth } from './auth'

/** A new session's cookies. */
export async function signIn({
  email,
  password,
  headers,
}: {
  email: string
  password: string
  headers: Headers
}): Promise<string[]> {
  const response = await (await auth()).api.signInEmail({ body: { email, password }, headers, asResponse: true })
  return response.headers.getSetCookie()
}
