import type { Metadata } from 'next'
import { SignInForm } from '@/components/auth/sign-in-form'
import { redirectIfSignedIn } from '@/lib/auth/page-session'
import { safeNext } from '@/lib/presentation/safe-next'

export const metadata: Metadata = { title: 'Sign in' }

interface Props {
  searchParams: Promise<{ next?: string | string[] }>
}

export default async function Page({ searchParams }: Props) {
  await redirectIfSignedIn()
  const { next } = await searchParams
  return <SignInForm next={safeNext(Array.isArray(next) ? next[0] : next)} />
}
