import { Check } from 'lucide-react'
import Link from 'next/link'
import { buttonClasses } from '@/components/ui/button-classes'
import { cn } from '@/components/ui/cn'
import type { ChecklistStep } from '@/lib/presentation/checklist'

export function Checklist({ steps }: { steps: readonly ChecklistStep[] }) {
  return (
    <ol className="divide-y border-t">
      {steps.map((step, index) => (
        <li key={step.key} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3.5 sm:px-5">
          <span
            aria-hidden
            className={cn(
              'tnum grid size-6 shrink-0 place-items-center rounded-full border text-xs font-semibold text-soft',
              step.done && 'border-transparent bg-ok-soft text-ok',
            )}
          >
            {step.done ? <Check className="size-3.5" /> : index + 1}
          </span>
          <div className="min-w-0 flex-1 basis-52">
            <p className="text-[13px] font-medium">
              {step.title}
              <span className={cn('ml-2 text-xs font-normal', step.done ? 'text-ok' : 'text-subtle')}>
                {step.done ? 'Done' : 'Missing'}
              </span>
            </p>
            <p className="text-[13px] text-soft">{step.hint}</p>
          </div>
          {!step.done && (
            <Link href={step.href} className={buttonClasses()}>
              {step.action}
            </Link>
          )}
        </li>
      ))}
    </ol>
  )
}
