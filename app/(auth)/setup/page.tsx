import type { Metadata } from 'next'
import { SetupForm } from '@/components/auth/setup-form'
import { requireFirstRun } from '@/lib/auth/page-session'

export const metadata: Metadata = { title: 'Set up' }

export default async function Page() {
  await requireFirstRun()
  return <SetupForm />
}
