import type { ReactNode } from 'react'
import type { Tone } from '@/lib/presentation/stream-status'
import { cn } from './cn'

const TONES: Record<Tone, string> = {
  neutral: 'bg-muted text-soft',
  info: 'bg-accent-soft text-accent-strong',
  success: 'bg-ok-soft text-ok',
  warning: 'bg-warn-soft text-warn',
  danger: 'bg-bad-soft text-bad',
}

export function Badge({
  tone = 'neutral',
  children,
  className,
}: {
  tone?: Tone
  children: ReactNode
  className?: string
}) {
  return (
    <span
      className={cn(
        'inline-flex h-5 items-center gap-1 whitespace-nowrap rounded-full px-2 text-xs font-medium [&_svg]:size-3',
        TONES[tone],
        className,
      )}
    >
      {children}
    </span>
  )
}
