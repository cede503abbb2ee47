import Link from 'next/link'
import type { RunCause } from '@/lib/contract/runs'
import { causePath, causeWords, mergeCauses } from '@/lib/presentation/run-words'

/** What made a run necessary, and who did it. */
export function RunCauses({ causes, most = Number.POSITIVE_INFINITY }: { causes: readonly RunCause[]; most?: number }) {
  const merged = mergeCauses(causes)
  if (merged.length === 0) return <span className="text-subtle">Days that were out of date</span>
  return (
    <ul className="grid gap-0.5">
      {merged.slice(0, most).map((cause) => {
        const path = causePath(cause)
        const words = causeWords(cause)
        return (
          <li key={JSON.stringify(cause)} className="break-words">
            {path === null ? (
              words
            ) : (
              <Link href={path} className="underline decoration-line underline-offset-4 hover:decoration-current">
                {words}
              </Link>
            )}{' '}
            <span className="text-subtle">by {cause.by}</span>
          </li>
        )
      })}
      {merged.length > most && <li className="text-subtle">and {merged.length - most} more</li>}
    </ul>
  )
}
