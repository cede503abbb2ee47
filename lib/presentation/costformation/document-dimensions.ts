import { isMap, isScalar, isSeq, parseDocument } from 'yaml'

export interface DocumentDimension {
  id: string
  name: string
  /** Elements that the document itself names: of Group rules, and the default. */
  elements: string[]
}

const textOf = (node: unknown): string | null => (isScalar(node) && node.value !== null ? String(node.value) : null)

/** The dimensions of a document as far as it can be read, for completion while it is being written. */
export function documentDimensions(text: string): DocumentDimension[] {
  try {
    const dimensions = parseDocument(text, { prettyErrors: false, uniqueKeys: false }).get('Dimensions')
    if (!isMap(dimensions)) return []
    return dimensions.items.flatMap(({ key, value }) => {
      const id = textOf(key)
      if (id === null || !isMap(value)) return []
      const rules = value.get('Rules')
      const named = isSeq(rules) ? rules.items.map((rule) => (isMap(rule) ? textOf(rule.get('Name', true)) : null)) : []
      const elements = [...named, textOf(value.get('DefaultValue', true))].filter((name) => name !== null)
      return [{ id, name: textOf(value.get('Name', true)) ?? id, elements: [...new Set(elements)] }]
    })
  } catch {
    // Nested deeper than the parser's stack: there is nothing to offer.
    return []
  }
}
