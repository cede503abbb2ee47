'use client'
import { Popover } from 'radix-ui'
import { type ReactNode, useRef } from 'react'

/** What opens beneath a button. */
export function MenuPanel({
  label,
  keepsFocus = false,
  children,
}: {
  label: string
  /** On closing, the focus stays where it is: with what was opened instead. */
  keepsFocus?: boolean
  children: ReactNode
}) {
  const content = useRef<HTMLDivElement>(null)
  // Typing searches at once.
  const focusSearch = (event: Event) => {
    event.preventDefault()
    content.current?.querySelector<HTMLElement>('[role=combobox]')?.focus()
  }
  return (
    <Popover.Portal>
      <Popover.Content
        ref={content}
        onOpenAutoFocus={focusSearch}
        align="start"
        sideOffset={4}
        collisionPadding={12}
        aria-label={label}
        onCloseAutoFocus={keepsFocus ? (event) => event.preventDefault() : undefined}
        className="z-50 grid w-80 max-w-[92vw] animate-enter gap-2 rounded-lg border bg-surface p-2 shadow-float"
      >
        {children}
      </Popover.Content>
    </Popover.Portal>
  )
}
