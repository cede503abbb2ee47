import Link from 'next/link'
import { Note } from '@/components/feedback/note'
import { buttonClasses } from '@/components/ui/button-classes'
import { When } from '@/components/ui/when'
import type { RunFailure } from '@/lib/contract/runs'
import { shortError } from '@/lib/presentation/run-words'

/** Says that the last run failed, and that what is shown is that of the last good one. */
export function FailureNote({ failure, what = 'Amounts' }: { failure: RunFailure | null; what?: string }) {
  if (!failure) return null
  return (
    <Note
      tone="warning"
      action={
        <Link href={`/runs/${failure.run_id}`} className={buttonClasses({ size: 'sm' })}>
          Look at run {failure.run_id}
        </Link>
      }
    >
      <strong className="font-semibold">The last run failed</strong> <When time={failure.at} />:{' '}
      <span className="break-words">{shortError(failure.error)}</span> {what} are those of the last good run, until one
      succeeds.
    </Note>
  )
}
