import { AppError } from './errors'

/** JSON, with the place of the mistake. */
export function parseJson(text: string, parse: (text: string) => unknown = JSON.parse): unknown {
  try {
    return parse(text)
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    throw new AppError('invalid_request', `The body is not valid JSON: ${detail.slice(0, 200)}`)
  }
}
