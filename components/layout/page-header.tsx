import type { ReactNode } from 'react'

export function PageHeader({
  title,
  description,
  badge,
  actions,
}: {
  title: string
  description?: ReactNode
  badge?: ReactNode
  actions?: ReactNode
}) {
  return (
    <header className="flex flex-wrap items-start gap-x-4 gap-y-3">
      <div className="grid min-w-0 gap-0.5">
        <div className="flex min-w-0 flex-wrap items-center gap-2.5">
          <h1 className="text-xl font-semibold tracking-tight break-words">{title}</h1>
          {badge}
        </div>
        {description && <p className="max-w-3xl text-pretty text-[13px] text-soft">{description}</p>}
      </div>
      {actions && <div className="ml-auto flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  )
}
