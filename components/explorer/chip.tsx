import { X } from 'lucide-react'
import type { ReactNode } from 'react'

/** What is in force, with a button that takes it away. */
export function Chip({
  children,
  onRemove,
  removeLabel,
}: {
  children: ReactNode
  onRemove: () => void
  removeLabel: string
}) {
  return (
    <li className="inline-flex h-8 max-w-full items-center rounded-md border border-input bg-surface text-[13px] shadow-card">
      {children}
      <button
        type="button"
        aria-label={removeLabel}
        onClick={onRemove}
        className="mr-1 shrink-0 rounded p-1 text-soft hover:bg-muted hover:text-fg"
      >
        <X className="size-3.5" aria-hidden />
      </button>
    </li>
  )
}
