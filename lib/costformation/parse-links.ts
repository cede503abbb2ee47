import { isMap, isScalar } from 'yaml'
import { type ReadContext, readReference } from './parse-source'
import type { Cursor, Properties, Reader } from './reader'
import type { SourceReference } from './tree'

const OVERRIDDEN = 'the built-in dimension to stand for, `CZ:Defined:<Id>`'
const BUILT_IN = /^cz:defined:(.+)$/is

/** What clicking an element shows next: a source, or the bare id of a dimension. */
export function readChild({
  context,
  properties,
}: {
  context: ReadContext
  properties: Properties
}): SourceReference | null {
  const property = properties.get('Child')
  if (property === undefined) return null
  const text = context.reader.text({ cursor: property, what: 'a dimension or another source' })
  if (text === null) return null
  if (context.dimensionIds.has(text.value)) return { source: { kind: 'dimension', id: text.value }, at: text.at }
  return readReference({ context, cursor: property })
}

/** X of `CZ:Defined:X`, the name of the built-in dimension; null where the text is no such reference. */
function builtInName(text: string): string | null {
  return BUILT_IN.exec(text)?.[1] ?? null
}

/** The name of the built-in dimension that this one stands for. */
export function readOverride({
  context: { reader, overrides },
  properties,
  id,
}: {
  context: ReadContext
  properties: Properties
  id: string
}): string | null {
  const property = properties.get('Override')
  if (property === undefined) return null
  const text = reader.text({ cursor: property, what: OVERRIDDEN })
  if (text === null) return null
  const name = builtInName(text.value)
  if (name === null) {
    const suggestion = `CZ:Defined:${text.value}`
    return reader.fail({ at: text.at, message: `expected ${OVERRIDDEN}; did you mean \`${suggestion}\`?`, suggestion })
  }
  const first = overrides?.get(name)
  if (first !== undefined && first !== id && !isDisabled(properties)) {
    reader.fail({ at: text.at, message: `\`${first}\` overrides \`${text.value}\` already` })
  }
  return name
}

function isDisabled(properties: Properties): boolean {
  const node = properties.get('Disable')?.node
  return isScalar(node) && node.value === true
}

/** Which dimension overrides each built-in one, before any is read: a source may come before the override. */
export function readOverrides({ byId, reader }: { byId: Properties; reader: Reader }): Map<string, string> {
  const overrides = new Map<string, string>()
  for (const [id, property] of byId) {
    const name = peekOverride({ cursor: property, reader })
    if (name !== null && !overrides.has(name)) overrides.set(name, id)
  }
  return overrides
}

/** A disabled dimension overrides nothing. What cannot be read is reported when the dimension is. */
function peekOverride({ cursor, reader }: { cursor: Cursor; reader: Reader }): string | null {
  if (!isMap(cursor.node)) return null
  const properties = reader.map({ cursor, what: 'a dimension' })
  const override = properties?.get('Override')
  if (!properties || override === undefined || isDisabled(properties)) return null
  const text = reader.text({ cursor: override, what: OVERRIDDEN })
  return text === null ? null : builtInName(text.value)
}
