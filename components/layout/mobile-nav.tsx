'use client'
import { Menu } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Sheet } from '@/components/ui/sheet'
import { Logo } from './logo'
import { SidePanel, type SignedInUser } from './side-panel'

export function MobileNav({ user }: { user: SignedInUser }) {
  const [open, setOpen] = useState(false)
  return (
    <header className="sticky top-0 z-30 flex h-12 items-center gap-2 border-b bg-surface px-3 lg:hidden">
      <Button variant="ghost" size="icon" onClick={() => setOpen(true)}>
        <Menu aria-hidden />
        <span className="sr-only">Open the menu</span>
      </Button>
      <Logo />
      <Sheet open={open} onOpenChange={setOpen} side="left" title={<Logo />}>
        <SidePanel user={user} onNavigate={() => setOpen(false)} />
      </Sheet>
    </header>
  )
}
