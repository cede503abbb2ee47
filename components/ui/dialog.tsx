'use client'
import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { buttonClasses } from './button-classes'
import { cn } from './cn'

/** Escape closes an open list inside first; Radix listens on the document, before the list hears of it. */
function keepForOpenList(event: KeyboardEvent) {
  if (event.target instanceof Element && event.target.getAttribute('aria-expanded') === 'true') event.preventDefault()
}

/** A titled dialog in the middle of the screen; on narrow screens it fills the width. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  className,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: ReactNode
  children: ReactNode
  className?: string
}) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/40 backdrop-blur-[1px]" />
        <Radix.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          onEscapeKeyDown={keepForOpenList}
          className={cn(
            'fixed top-[6vh] left-1/2 z-50 grid max-h-[88vh] w-[calc(100vw-2rem)] max-w-lg -translate-x-1/2 overflow-y-auto rounded-xl border bg-surface shadow-float outline-none sm:top-[12vh] sm:max-h-[80vh]',
            className,
          )}
        >
          <header className="flex items-start gap-4 px-5 pt-5">
            <div className="grid gap-1">
              <Radix.Title className="text-base font-semibold tracking-tight">{title}</Radix.Title>
              {description && <Radix.Description className="text-[13px] text-soft">{description}</Radix.Description>}
            </div>
            <Radix.Close className={cn(buttonClasses({ variant: 'ghost', size: 'icon' }), '-mt-1 -mr-1.5 ml-auto')}>
              <X aria-hidden />
              <span className="sr-only">Close</span>
            </Radix.Close>
          </header>
          <div className="px-5 pt-4 pb-5">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
