import type { Problem } from '@/lib/contract/common'

/** The offences of a refused request, each as one line: `line 3, value: must be 0 or more`. */
export function offences(problem: Pick<Problem, 'invalid_params'>): string[] {
  return problem.invalid_params.map(({ name, reason, line, column }) => {
    const place = [line && `line ${line}`, column && `column ${column}`, name].filter(Boolean).join(', ')
    return place ? `${place}: ${reason}` : reason
  })
}
