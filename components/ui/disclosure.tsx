import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'

export function Disclosure({ title, open, children }: { title: string; open?: boolean; children: ReactNode }) {
  return (
    <details className="group min-w-0" open={open}>
      <summary className="flex w-fit list-none items-center gap-1 rounded-sm text-[13px] font-medium text-soft hover:text-fg">
        <ChevronRight className="size-3.5 transition-transform group-open:rotate-90" aria-hidden />
        {title}
      </summary>
      <div className="pt-2">{children}</div>
    </details>
  )
}
