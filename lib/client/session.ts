import { requestText } from './request'

export interface Credentials {
  email: string
  password: string
}

export function signIn(credentials: Credentials): Promise<string> {
  return requestText({ path: '/api/auth/sign-in/email', method: 'POST', body: credentials })
}

export function signOut(): Promise<string> {
  return requestText({ path: '/api/auth/sign-out', method: 'POST', body: {} })
}

export function createAdministrator(person: Credentials & { name: string }): Promise<string> {
  return requestText({ path: '/api/v1/setup', method: 'POST', body: person })
}
