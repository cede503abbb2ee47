/** The text around a cursor that a completion would replace. Offsets count from the start of the document. */
export interface Token {
  from: number
  to: number
  /** What of it stands before the cursor, without its quote. */
  typed: string
  /** Whether it is the first thing on its line, dashes aside, and nothing but a colon follows. */
  startsLine: boolean
  /** Whether it is followed by a colon, as the key of a pair is. */
  isKey: boolean
  inFlow: boolean
}

interface Scan {
  start: number
  quote: string
  depth: number
  comment: boolean
  leading: boolean
}

/** Where the last token of a line's beginning starts, and what it is in. */
function scan(prefix: string): Scan {
  const state: Scan = { start: 0, quote: '', depth: 0, comment: false, leading: true }
  let atStart = true
  for (let index = 0; index < prefix.length; index += 1) {
    const char = prefix.charAt(index)
    if (state.quote !== '') {
      if (char === '\\' && state.quote === '"') index += 1
      else if (char === state.quote) state.quote = ''
      continue
    }
    if (atStart && char === ' ') state.start = index + 1
    else if (atStart && (char === '"' || char === "'")) {
      state.quote = char
      atStart = false
    } else if (atStart && char === '-' && prefix.charAt(index + 1) === ' ') state.start = index + 1
    else if (atStart && (char === '[' || char === '{')) {
      state.depth += 1
      state.start = index + 1
      state.leading = false
    } else if (char === '#' && (index === 0 || prefix.charAt(index - 1) === ' ')) state.comment = true
    else if (state.depth > 0 && (char === ',' || char === ']' || char === '}')) {
      if (char !== ',') state.depth -= 1
      state.start = index + 1
      atStart = true
    } else if (char === ':' && prefix.charAt(index + 1) === ' ') {
      state.start = index + 1
      state.leading = false
      atStart = true
    } else atStart = false
  }
  return state
}

function endOf(rest: string, { quote, depth }: Scan): number {
  if (quote !== '') {
    const close = rest.indexOf(quote)
    return close < 0 ? rest.trimEnd().length : close + 1
  }
  const stop = rest.search(depth > 0 ? /:(?= |$)|[,\]}]| #/ : /:(?= |$)| #/)
  return (stop < 0 ? rest : rest.slice(0, stop)).trimEnd().length
}

/** The token at a cursor; null inside a comment. */
export function tokenAt(text: string, cursor: number): Token | null {
  const lineStart = text.lastIndexOf('\n', cursor - 1) + 1
  const nextBreak = text.indexOf('\n', cursor)
  const lineEnd = nextBreak < 0 ? text.length : nextBreak
  const state = scan(text.slice(lineStart, cursor))
  if (state.comment) return null
  const from = Math.min(lineStart + state.start, cursor)
  const to = cursor + endOf(text.slice(cursor, lineEnd), state)
  const after = text.slice(to, lineEnd)
  return {
    from,
    to,
    typed: text.slice(from, cursor).replace(/^["']/, ''),
    startsLine: state.leading && state.quote === '' && /^\s*(#.*)?$/.test(after),
    isKey: /^\s*:(\s|$)/.test(after),
    inFlow: state.depth > 0,
  }
}
