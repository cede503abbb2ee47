import type { ReactNode } from 'react'
import { AppShell } from '@/components/layout/app-shell'
import { requirePageSession } from '@/lib/auth/page-session'

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const { user } = await requirePageSession()
  return <AppShell user={{ name: user.name, email: user.email }}>{children}</AppShell>
}
