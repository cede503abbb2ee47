import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react'
import { ErrorNote } from '@/components/feedback/error-note'
import type { Issue } from './use-validation'

/** What is wrong and where; each line jumps to its place in the editor. */
export function IssueList({
  issues,
  checking,
  error,
  empty,
  onJump,
}: {
  issues: readonly Issue[]
  checking: boolean
  error: Error | null
  empty: boolean
  onJump: (line: number, column: number) => void
}) {
  if (empty) return null
  if (error) return <ErrorNote error={error} />
  if (issues.length === 0) {
    return (
      <p role="status" className="flex items-center gap-1.5 text-[13px] text-soft">
        <CircleCheck className="size-4 text-ok" aria-hidden />
        {checking ? 'Checking…' : 'No errors'}
      </p>
    )
  }
  return (
    <ul aria-label="Errors and warnings" className="grid max-h-56 grid-cols-1 gap-0.5 overflow-y-auto">
      {issues.map((issue) => {
        const Icon = issue.severity === 'error' ? CircleAlert : TriangleAlert
        return (
          <li key={`${issue.line}:${issue.column}:${issue.message}`}>
            <button
              type="button"
              onClick={() => onJump(issue.line, issue.column)}
              className="flex w-full items-start gap-2 rounded-md px-2 py-1 text-left text-[13px] hover:bg-muted"
            >
              <Icon
                className={`mt-0.5 size-4 shrink-0 ${issue.severity === 'error' ? 'text-bad' : 'text-warn'}`}
                aria-hidden
              />
              <span className="min-w-0 flex-1 wrap-anywhere">
                <span className="sr-only">{issue.severity}: </span>
                {issue.message}
                {issue.path && <span className="ml-1.5 font-mono text-xs text-subtle">{issue.path}</span>}
              </span>
              <span className="tnum shrink-0 text-xs text-subtle">
                line {issue.line}:{issue.column}
              </span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
