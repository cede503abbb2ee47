/**
 * What is wrong with a regular expression in RE2's syntax (https://github.com/google/re2/wiki/Syntax), or null.
 * It knows the usual mistakes, so that they are shown at their place in the document instead of failing every report;
 * RE2 itself has the last word.
 */
export function findRegexError(pattern: string): string | null {
  if (pattern.length > MAX_LENGTH) return `is longer than ${MAX_LENGTH} characters`
  let rest = pattern
  let depth = 0
  let previous: 'nothing' | 'atom' | 'repetition' = 'nothing'
  while (rest !== '') {
    const token = readToken(rest)
    if ('error' in token) return token.error
    if (token.type === 'close' && depth === 0) return 'has a `)` without its `(`'
    if (token.type === 'repetition' && previous === 'nothing') return `has nothing for \`${token.text}\` to repeat`
    if (token.type === 'repetition' && previous === 'repetition') return `repeats a repetition with \`${token.text}\``
    if (token.type === 'open') depth += 1
    if (token.type === 'close') depth -= 1
    if (token.type === 'repetition') previous = 'repetition'
    else if (token.type === 'open' || token.type === 'or') previous = 'nothing'
    // Flags and quotes of nothing: only RE2's rule against doubled repetitions forgets across them.
    else if (token.type === 'empty') previous = previous === 'nothing' ? 'nothing' : 'atom'
    else previous = 'atom'
    rest = rest.slice(token.text.length)
  }
  return depth > 0 ? 'has a `(` without its `)`' : null
}

const MAX_LENGTH = 1000
const MAX_REPEAT = 1000

type Token = { type: 'atom' | 'open' | 'close' | 'or' | 'repetition' | 'empty'; text: string } | { error: string }

const ESCAPE =
  /^\\(?:[aftnrvdDsSwWbBAzC]|[pP](?:[A-Za-z]|\{\^?\w+\})|x(?:[0-9A-Fa-f]{2}|\{[0-9A-Fa-f]+\})|0[0-7]{0,2}|[1-7][0-7]{1,2}|_|(?=[\0-\x7f])\W)/
const QUOTED = /^\\Q[\s\S]*?(?:\\E|$)/
const GROUP = /^\((?:\?(?:P?<\w+>|[imsU]*(?:-[imsU]+)?:)|(?!\?))/
const FLAGS = /^\(\?(?:[imsU]+(?:-[imsU]+)?|-[imsU]+)\)/
const COUNT = /^\{(\d+)(,?)(\d*)\}\??/
const CLASS = /^\[\^?(?:\]|(?!\]))(?:\[:\^?\w+:\]|\\[\s\S]|(?!\[:\^?\w+:\])[^\]\\])*\]/

function readToken(rest: string): Token {
  switch (rest[0]) {
    case '\\':
      return readEscape(rest)
    case '(':
      return readGroup(rest)
    case '[': {
      const text = CLASS.exec(rest)?.[0]
      return text === undefined ? { error: 'has a `[` without its `]`' } : { type: 'atom', text }
    }
    case '{':
      return readCount(rest)
    case '*':
    case '+':
    case '?':
      return { type: 'repetition', text: rest[1] === '?' ? rest.slice(0, 2) : rest.slice(0, 1) }
    case ')':
      return { type: 'close', text: ')' }
    case '|':
      return { type: 'or', text: '|' }
    default:
      return { type: 'atom', text: rest.slice(0, 1) }
  }
}

function readEscape(rest: string): Token {
  if (rest === '\\') return { error: 'ends in a lone `\\`' }
  const quoted = QUOTED.exec(rest)?.[0]
  if (quoted !== undefined) return { type: /^\\Q(?:\\E)?$/.test(quoted) ? 'empty' : 'atom', text: quoted }
  const text = ESCAPE.exec(rest)?.[0]
  if (text !== undefined) return { type: 'atom', text }
  if (/^\\[1-9]/.test(rest)) return { error: 'refers back to a group, which RE2 cannot' }
  return { error: `has an escape that RE2 does not know: \`${rest.slice(0, 2)}\`` }
}

function readGroup(rest: string): Token {
  const flags = FLAGS.exec(rest)?.[0]
  if (flags !== undefined) return { type: 'empty', text: flags }
  const text = GROUP.exec(rest)?.[0]
  if (text !== undefined) return { type: 'open', text }
  if (/^\(\?<?[=!]/.test(rest)) return { error: 'looks ahead or behind, which RE2 cannot' }
  return { error: `has a group that RE2 does not know: \`${rest.slice(0, 3)}\`` }
}

function readCount(rest: string): Token {
  const [text, least, comma, most] = COUNT.exec(rest) ?? []
  // Anything else in braces is literal text.
  if (text === undefined) return { type: 'atom', text: '{' }
  if (Number(least) > MAX_REPEAT || Number(most) > MAX_REPEAT) return { error: `repeats more than ${MAX_REPEAT} times` }
  if (comma === ',' && most !== '' && Number(most) < Number(least)) {
    return { error: `has a repetition from more to fewer: \`${text}\`` }
  }
  return { type: 'repetition', text }
}
