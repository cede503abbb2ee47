'use client'
import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { buttonClasses } from './button-classes'
import { cn } from './cn'
import { ScrollRegion } from './scroll-region'

/** A panel that comes in from a side over the page. */
export function Sheet({
  open,
  onOpenChange,
  title,
  description,
  side = 'right',
  children,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  description?: ReactNode
  side?: 'left' | 'right'
  children: ReactNode
}) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Radix.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          className={cn(
            'fixed inset-y-0 z-50 flex flex-col bg-surface shadow-float outline-none',
            side === 'right' && 'right-0 w-full max-w-2xl animate-slide border-l',
            side === 'left' && 'left-0 w-72 max-w-[85vw] animate-slide-left border-r',
          )}
        >
          <header className="flex items-start gap-4 border-b px-5 py-4">
            <div className="grid min-w-0 gap-0.5">
              <Radix.Title className="text-base font-semibold tracking-tight">{title}</Radix.Title>
              {description && <Radix.Description className="text-[13px] text-soft">{description}</Radix.Description>}
            </div>
            <Radix.Close className={cn(buttonClasses({ variant: 'ghost', size: 'icon' }), '-mt-1 -mr-1.5 ml-auto')}>
              <X aria-hidden />
              <span className="sr-only">Close</span>
            </Radix.Close>
          </header>
          <ScrollRegion label="Details" className="min-h-0 flex-1 px-5 py-4">
            {children}
          </ScrollRegion>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
