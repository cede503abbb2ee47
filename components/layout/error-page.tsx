'use client'
import { Button } from '@/components/ui/button'
import { buttonClasses } from '@/components/ui/button-classes'
import { Logo } from './logo'

export function ErrorPage({ digest, onRetry }: { digest: string | undefined; onRetry: () => void }) {
  return (
    <main className="grid min-h-dvh place-content-center justify-items-center gap-4 px-6 text-center">
      <Logo />
      <h1 className="text-xl font-semibold tracking-tight">This page failed</h1>
      <p className="max-w-sm text-[13px] text-soft">
        Nothing that you saved is lost. Try again; if it fails once more, the server’s log has the reason
        {digest ? ` under ${digest}` : ''}.
      </p>
      <div className="flex gap-2">
        <Button variant="primary" onClick={onRetry}>
          Try again
        </Button>
        <a href="/" className={buttonClasses()}>
          To the overview
        </a>
      </div>
    </main>
  )
}
