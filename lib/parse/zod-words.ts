import type { z } from 'zod'
import { showValue } from '../telemetry/record'

type Issue = Parameters<z.core.$ZodErrorMap>[0]

const FORMATS: Readonly<Record<string, string>> = {
  email: 'an email address',
  uuid: 'a UUID',
  datetime: 'an ISO 8601 time',
  date: 'an ISO 8601 date',
}
const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

const count = (limit: number | bigint, word: string) => `${limit} ${word}${Number(limit) === 1 ? '' : 's'}`

function boundWords({ issue, limit, many }: { issue: Issue; limit: number | bigint; many: boolean }): string {
  const side = many ? 'at most' : 'at least'
  const received = Array.isArray(issue.input) || typeof issue.input === 'string' ? issue.input.length : 0
  switch (issue.origin) {
    case 'string':
      return !many && received === 0 ? 'is empty' : `has ${count(received, 'character')}: ${side} ${limit}`
    case 'array':
      return `has ${count(received, 'entry').replace(/entrys$/, 'entries')}: ${side} ${limit}`
    default:
      return `must be ${side} ${limit}: received ${showValue(issue.input)}`
  }
}

/** What is wrong with a value, as the end of a sentence that begins with its name. Schemas with words of their own keep them. */
export const zodWords: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type': {
      if (issue.input === undefined) return 'is missing'
      return `is not ${TYPES[issue.expected] ?? `of type ${issue.expected}`}: received ${showValue(issue.input)}`
    }
    case 'too_small':
      return boundWords({ issue, limit: issue.minimum, many: false })
    case 'too_big':
      return boundWords({ issue, limit: issue.maximum, many: true })
    case 'invalid_value': {
      if (issue.input === undefined) return 'is missing'
      return `is not ${issue.values
        .map(String)
        .join(', ')
        .replace(/, ([^,]+)$/, ' or $1')}: received ${showValue(issue.input)}`
    }
    case 'invalid_format':
      return `is not ${FORMATS[issue.format] ?? 'of the form that is asked for'}: received ${showValue(issue.input)}`
    case 'invalid_union':
      return issue.input === undefined
        ? 'is missing'
        : `is none of the forms that it may have: received ${showValue(issue.input)}`
    default:
      return undefined
  }
}
