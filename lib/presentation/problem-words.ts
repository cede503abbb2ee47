import type { Problem } from '@/lib/contract/common'

/** The offences of a refused request, each as one line: `line 3, value: must be 0 or more`. */
export function offences(problem: Pick<Problem, 'invalid_params'>): string[] {
  return problem.invalid_params.map(({ name, reason, line, column }) => {
    const place = [line && `line ${line}`, column && `column ${column}`, name].filter(Boolean).join(', ')
    return place ? `${place}: ${reason}` : reason
  })
}

/** A heading and its list, without saying in one what stands in the other. */
export function problemWords(problem: Problem): { heading: string; lines: string[] } {
  const lines = offences(problem)
  const [first] = problem.invalid_params
  const repeats = first !== undefined && problem.detail.includes(first.reason)
  if (!repeats) return { heading: problem.detail, lines }
  return lines.length === 1 ? { heading: problem.detail, lines: [] } : { heading: problem.title, lines }
}
