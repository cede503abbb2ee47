import { findNearest, suggest } from './nearest'
import type { Cursor, Reader } from './reader'

/** `A, B or C` */
function spellChoices(choices: readonly string[]): string {
  return [choices.slice(0, -1).join(', '), choices.at(-1)].filter((part) => part !== '').join(' or ')
}

/** One of several words; `what` names what they are: `granularity`. `all`: what may stand there, maps included. */
export function readChoice<Choice extends string>({
  reader,
  cursor,
  choices,
  what,
  all = spellChoices(choices),
}: {
  reader: Reader
  cursor: Cursor
  choices: readonly Choice[]
  what: string
  all?: string
}): Choice | null {
  const text = reader.text({ cursor, what: all })
  if (text === null) return null
  const { value, at } = text
  const found = choices.find((choice) => choice === value)
  if (found !== undefined) return found
  const suggestion = findNearest({ word: value, candidates: choices }) ?? undefined
  const hint = suggest({ word: value, candidates: choices }) || `: ${all}`
  return reader.fail({ at, message: `no ${what} \`${value}\`${hint}`, suggestion })
}
