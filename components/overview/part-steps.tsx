import { ChevronRight } from 'lucide-react'
import type { ExplainPart, ExplainStep } from '@/lib/contract/allocations'
import { counted, percentWords } from '@/lib/presentation/explain-words'
import { Money } from './explain-money'

/** The splits that the lines came out of, each a step further down. */
export function PartSteps({ part, onFollow }: { part: ExplainPart; onFollow: (step: ExplainStep) => void }) {
  if (part.steps.length === 0) return null
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
      {part.driver !== null && <p className="text-[13px] text-soft">This cost came out of another split:</p>}
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
        {part.steps.map((step) => (
          <li key={`${step.dimension_id}|${step.element}`}>
            <button
              type="button"
              onClick={() => onFollow(step)}
              className="flex w-full flex-wrap items-center gap-x-2 rounded-md border bg-surface px-3 py-2 text-left text-[13px] hover:bg-muted"
            >
              <span className="min-w-0 flex-1 break-words">
                <span className="font-medium">{step.element ?? 'Unallocated'}</span>{' '}
                <span className="text-soft">in {step.dimension}</span>
              </span>
              <span className="text-soft">
                <Money amount={step.amount} />
                {step.percent !== null && step.percent !== '100' && <> · {percentWords(step.percent)}</>}
              </span>
              <ChevronRight className="size-4 shrink-0 text-subtle" aria-hidden />
              <span className="sr-only">Explain it</span>
            </button>
          </li>
        ))}
        {part.steps_rest.map(({ dimension, dimension_id: id, steps, amount }) => (
          <li key={id} className="rounded-md bg-muted px-3 py-2 text-[13px] text-soft">
            And {counted(steps, 'smaller element')} of {dimension}, together <Money amount={amount} />.
          </li>
        ))}
      </ul>
    </div>
  )
}
