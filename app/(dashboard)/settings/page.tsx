import type { Metadata } from 'next'
import { SettingsScreen } from '@/components/settings/settings-screen'
import { requirePageSession } from '@/lib/auth/page-session'

export const metadata: Metadata = { title: 'Settings' }

export default async function Page() {
  const { user } = await requirePageSession()
  return <SettingsScreen user={{ name: user.name, email: user.email }} />
}
