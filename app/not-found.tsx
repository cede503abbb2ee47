import type { Metadata } from 'next'
import Link from 'next/link'
import { Logo } from '@/components/layout/logo'
import { buttonClasses } from '@/components/ui/button-classes'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-content-center justify-items-center gap-4 px-6 text-center">
      <Logo />
      <h1 className="text-xl font-semibold tracking-tight">There is no such page</h1>
      <p className="max-w-sm text-[13px] text-soft">The address may be mistyped, or what it showed was deleted.</p>
      <Link href="/" className={buttonClasses({ variant: 'primary' })}>
        To the overview
      </Link>
    </main>
  )
}
