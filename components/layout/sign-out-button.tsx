'use client'
import { useQueryClient } from '@tanstack/react-query'
import { LogOut } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import type { ButtonVariants } from '@/components/ui/button-classes'
import { signOut } from '@/lib/client/session'

export function SignOutButton({ iconOnly = false, ...variants }: { iconOnly?: boolean } & ButtonVariants) {
  const client = useQueryClient()
  const [pending, setPending] = useState(false)
  const leave = async () => {
    setPending(true)
    // A session that is already over is as good as signed out.
    await signOut().catch(() => undefined)
    client.clear()
    window.location.assign('/sign-in')
  }
  return (
    <Button {...variants} pending={pending} onClick={leave} title={iconOnly ? 'Sign out' : undefined}>
      {!pending && <LogOut aria-hidden />}
      <span className={iconOnly ? 'sr-only' : undefined}>Sign out</span>
    </Button>
  )
}
