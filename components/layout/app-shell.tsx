import Link from 'next/link'
import type { ReactNode } from 'react'
import { Logo } from './logo'
import { MobileNav } from './mobile-nav'
import { SidePanel, type SignedInUser } from './side-panel'
import { SkipLink } from './skip-link'

export function AppShell({ user, children }: { user: SignedInUser; children: ReactNode }) {
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[14.5rem_minmax(0,1fr)]">
      <SkipLink />
      <MobileNav user={user} />
      <aside
        aria-label="Sidebar"
        className="sticky top-0 hidden h-dvh flex-col gap-5 border-r bg-surface px-3 py-4 lg:flex"
      >
        <Link href="/" className="px-2.5">
          <Logo />
        </Link>
        <div className="min-h-0 flex-1">
          <SidePanel user={user} />
        </div>
      </aside>
      <main id="content" tabIndex={-1} className="min-w-0 px-4 py-5 outline-none sm:px-6 lg:px-8 lg:py-7">
        <div className="mx-auto grid max-w-6xl gap-5">{children}</div>
      </main>
    </div>
  )
}
