import { z } from 'zod'
import { type Problem, problem } from '@/lib/contract/common'

const problemBody = problem.extend({ rejected_csv: z.string().optional() })
/** Other answerers (the sign-in library, a proxy) say only a message, or nothing. */
const messageBody = z.object({ message: z.string() })

/** What the server refused, in its own words; every failed call of the client throws one. */
export class ProblemError extends Error {
  readonly problem: Problem
  /** The rows of an uploaded CSV that were refused, as CSV. */
  readonly rejectedCsv: string | undefined

  constructor(body: Problem & { rejected_csv?: string | undefined }) {
    super(body.detail)
    this.name = 'ProblemError'
    const { rejected_csv, ...rest } = body
    this.problem = rest
    this.rejectedCsv = rejected_csv
  }
}

export function problemFrom(status: number, text: string): ProblemError {
  const json = parseJson(text)
  const body = problemBody.safeParse(json)
  if (body.success) return new ProblemError(body.data)
  const message = messageBody.safeParse(json)
  return new ProblemError(plainProblem(status, message.success ? message.data.message : wordsFor(status)))
}

export function plainProblem(status: number, detail: string): Problem {
  return { type: 'about:blank', title: detail, status, detail, code: '', request_id: '', invalid_params: [] }
}

function wordsFor(status: number): string {
  if (status === 0) return 'The server cannot be reached. Check that it runs, then try again.'
  if (status === 413) return 'That is larger than the server takes in one request.'
  if (status === 429 || status === 503) return 'The server is busy. Try again in a moment.'
  return `The server answered ${status} without saying why. Its log has the reason.`
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
