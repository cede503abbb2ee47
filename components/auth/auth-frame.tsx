import type { ReactNode } from 'react'
import { Logo } from '@/components/layout/logo'
import { ThemeSwitch } from '@/components/layout/theme-switch'

export function AuthFrame({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex items-center justify-between px-5 py-4">
        <Logo />
        <ThemeSwitch />
      </header>
      <main className="grid flex-1 place-items-center px-4 pt-6 pb-24">
        <div className="w-full max-w-sm rounded-xl border bg-surface p-6 shadow-card">{children}</div>
      </main>
    </div>
  )
}
