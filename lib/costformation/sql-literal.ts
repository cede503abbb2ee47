const ESCAPES: Record<string, string> = {
  '\\': '\\\\',
  "'": "\\'",
  '\0': '\\0',
  '\n': '\\n',
  '\r': '\\r',
}

/**
 * Any text as a ClickHouse string literal that evaluates to exactly that text in UTF-8. The only way for a value to get
 * into SQL text. Lone surrogates have no UTF-8 form and become U+FFFD.
 */
export function sqlString(value: string): string {
  const wellFormed = value.replace(/\p{Surrogate}/gu, '\uFFFD')
  return `'${wellFormed.replace(/[\\'\0\n\r]/g, (character) => ESCAPES[character] ?? character)}'`
}
