import { Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from '@/components/ui/cn'

/** A line that a reader should not miss, with what to do about it. */
export function Note({
  tone = 'info',
  children,
  action,
}: {
  tone?: 'info' | 'warning'
  children: ReactNode
  action?: ReactNode
}) {
  const Icon = tone === 'info' ? Info : TriangleAlert
  return (
    <div
      className={cn(
        'flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg px-3.5 py-2.5 text-[13px]',
        tone === 'info' ? 'bg-accent-soft text-accent-strong' : 'bg-warn-soft text-warn',
      )}
    >
      <Icon className="size-4 shrink-0" aria-hidden />
      <p className="min-w-0 flex-1 basis-60">{children}</p>
      {action}
    </div>
  )
}
