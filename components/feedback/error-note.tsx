import { CircleAlert } from 'lucide-react'
import { ProblemError } from '@/lib/client/problem-error'
import { problemWords } from '@/lib/presentation/problem-words'

/** An error in words, with every offence that the server named. */
export function ErrorNote({ error }: { error: Error }) {
  const problem = error instanceof ProblemError ? error.problem : null
  const { heading, lines } = problem
    ? problemWords(problem)
    : { heading: 'Something went wrong on this page.', lines: [] }
  return (
    <div role="alert" className="flex gap-2.5 rounded-lg bg-bad-soft px-3 py-2.5 text-[13px] text-bad">
      <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
      <div className="grid min-w-0 gap-1">
        <p className="font-medium break-words">{heading}</p>
        {lines.length > 0 && (
          <ul className="list-disc pl-4">
            {lines.slice(0, 10).map((line) => (
              <li key={line} className="break-words">
                {line}
              </li>
            ))}
            {lines.length > 10 && <li>and {lines.length - 10} more</li>}
          </ul>
        )}
        {problem?.request_id && <p className="text-xs">Request {problem.request_id}</p>}
      </div>
    </div>
  )
}
