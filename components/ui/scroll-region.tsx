import type { ReactNode } from 'react'
import { cn } from './cn'

/** What scrolls has to be reachable, and named, for those who scroll by keyboard (WCAG 2.1.1). */
export function ScrollRegion({
  label,
  className,
  children,
}: {
  label: string
  className?: string
  children: ReactNode
}) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
      tabIndex={0}
      className={cn('relative overflow-auto focus-visible:-outline-offset-2', className)}
    >
      {children}
    </section>
  )
}
