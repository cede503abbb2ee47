import { Document, visit } from 'yaml'
import { yamlScalar } from './yaml-scalar'

/** A value in flow style, on one line. */
export function flowText(value: unknown): string {
  if (typeof value === 'string') return yamlScalar(value)
  const document = new Document(value)
  visit(document, {
    Collection: (_, node) => {
      node.flow = true
    },
  })
  return document.toString({ lineWidth: 0, flowCollectionPadding: false }).trim()
}

/** A value as block text whose further lines are indented. */
export function blockText(value: unknown, indent: number): string {
  if (typeof value === 'string') return yamlScalar(value)
  const text = new Document(value).toString({ lineWidth: 0, indentSeq: true }).trimEnd()
  return text.replaceAll('\n', `\n${' '.repeat(indent)}`)
}

const isEmptyCollection = (value: unknown) =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0

export function pairText({ key, value, indent }: { key: string; value: unknown; indent: number }): string {
  if (typeof value !== 'object' || value === null || isEmptyCollection(value)) {
    return `${yamlScalar(key)}: ${flowText(value)}`
  }
  return `${yamlScalar(key)}:\n${' '.repeat(indent + 2)}${blockText(value, indent + 2)}`
}
