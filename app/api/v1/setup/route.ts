import { administratorRequest, createAdministrator } from '@/lib/auth/administrator'
import { signIn } from '@/lib/auth/sign-in'
import { handle } from '@/lib/http/handle'

/** The first run: creates the administrator and signs him in. Answers once. */
export const POST = handle({ scope: null, body: administratorRequest }, async ({ body, request }) => {
  await createAdministrator(body)
  const cookies = await signIn({ email: body.email, password: body.password, headers: request.headers })
  const response = Response.json({ email: body.email }, { status: 201 })
  for (const cookie of cookies) response.headers.append('set-cookie', cookie)
  return response
})
