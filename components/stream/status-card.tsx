import { Check, LoaderCircle } from 'lucide-react'
import { Note } from '@/components/feedback/note'
import { Card } from '@/components/ui/card'
import { cn } from '@/components/ui/cn'
import type { Stream } from '@/lib/contract/streams'
import { STATUS_WORDS, statusSteps } from '@/lib/presentation/stream-status'

/** Pending → Loading → Available, drawn as a way with the place where the stream is. */
export function StatusCard({ stream }: { stream: Stream }) {
  const { status, status_reason: reason } = stream
  return (
    <Card title="Ingest status">
      <ol className="grid grid-cols-3" aria-label="Progress">
        {statusSteps(status).map((step, index) => (
          <li
            key={step.name}
            aria-current={step.state === 'current' ? 'step' : undefined}
            className="relative grid justify-items-center gap-1.5 text-center"
          >
            {index > 0 && (
              <span
                aria-hidden
                className={cn(
                  'absolute top-3 right-1/2 mr-4 h-0.5 w-[calc(100%-2rem)] rounded-full bg-line',
                  step.state !== 'ahead' && 'bg-accent-solid',
                )}
              />
            )}
            <span
              aria-hidden
              className={cn(
                'grid size-6 place-items-center rounded-full border-2 bg-surface text-subtle',
                step.state === 'done' && 'border-accent-solid bg-accent-solid text-white',
                step.state === 'current' && 'border-accent-solid text-accent',
                step.state === 'current' && status === 'Invalid' && 'border-bad text-bad',
              )}
            >
              {step.state === 'done' && <Check className="size-3.5" />}
              {step.state === 'current' && status === 'Loading' && <LoaderCircle className="size-3.5 animate-spin" />}
              {step.state === 'current' && status !== 'Loading' && (
                <span className={cn('size-2 rounded-full bg-accent-solid', status === 'Invalid' && 'bg-bad')} />
              )}
            </span>
            <span className={cn('text-xs', step.state === 'ahead' ? 'text-subtle' : 'font-medium')}>{step.name}</span>
          </li>
        ))}
      </ol>
      <div role="status" className="mt-4">
        {status === 'Invalid' ? (
          <Note tone="warning">
            Invalid: {sentence(reason || STATUS_WORDS.Invalid)} Records are still accepted, and the stream recovers by
            itself.
          </Note>
        ) : (
          <p className="text-[13px] text-soft">{reason || STATUS_WORDS[status]}</p>
        )}
      </div>
    </Card>
  )
}

function sentence(words: string): string {
  return /[.?!]$/.test(words) ? words : `${words}.`
}
