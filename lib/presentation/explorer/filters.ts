/** One line of the filter bar: a key, and the values that it may have, or may not. */
export interface Filter {
  key: string
  not: boolean
  /** '' = no value. */
  values: string[]
}

const FILTER = /^(?:"((?:[^"\\]|\\.)*)"|(.+?))(!?=)(.*)$/s

/** The API's filters, those of one key and sense as one; what cannot be read is left out. */
export function parseFilters(texts: readonly string[]): Filter[] {
  const filters = new Map<string, Filter>()
  for (const text of texts) {
    const [, quoted, plain = '', operator = '', value = ''] = FILTER.exec(text) ?? []
    const key = quoted === undefined ? plain : quoted.replace(/\\(.)/gs, '$1')
    if (key === '') continue
    const id = `${operator}${key}`
    const filter = filters.get(id) ?? { key, not: operator === '!=', values: [] }
    if (!filter.values.includes(value)) filter.values.push(value)
    filters.set(id, filter)
  }
  return [...filters.values()]
}

/** As the API takes them: a key that would be misread stands in quotes. */
export function writeFilters(filters: readonly Filter[]): string[] {
  return filters.flatMap(({ key, not, values }) => {
    const name = /[=]|!$|^"/.test(key) ? `"${key.replaceAll(/["\\]/g, '\\$&')}"` : key
    return values.map((value) => `${name}${not ? '!=' : '='}${value}`)
  })
}

/** Narrows to one value: it replaces what was asked of the same key. */
export function narrowTo(filters: readonly Filter[], { key, value }: { key: string; value: string | null }): Filter[] {
  return [...filters.filter((filter) => filter.key !== key), { key, not: false, values: [value ?? ''] }]
}
