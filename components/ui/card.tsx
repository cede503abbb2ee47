import { type ReactNode, useId } from 'react'
import { cn } from './cn'

/** A titled section of a screen. */
export function Card({
  title,
  description,
  actions,
  children,
  className,
  flush = false,
}: {
  title: string
  description?: ReactNode
  actions?: ReactNode
  children: ReactNode
  className?: string
  /** No padding around the content, for tables that reach the edges. */
  flush?: boolean
}) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={cn('min-w-0 rounded-xl border bg-surface shadow-card', className)}>
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 pt-3.5 pb-3 sm:px-5">
        <div className="grid min-w-0 gap-0.5">
          <h2 id={id} className="text-sm font-semibold tracking-tight">
            {title}
          </h2>
          {description && <p className="text-[13px] text-soft">{description}</p>}
        </div>
        {actions && <div className="ml-auto flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      <div className={cn(!flush && 'px-4 pb-4 sm:px-5 sm:pb-5')}>{children}</div>
    </section>
  )
}
