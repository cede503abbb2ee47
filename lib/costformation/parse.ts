import { type Document, LineCounter, parseDocument } from 'yaml'
import type { DefinitionError } from '@/lib/contract/costformation'
import { findConflicts, findDoubts } from './check'
import { findUnknownSources, type KnownSources } from './known-sources'
import { readDimension } from './parse-dimension'
import { readOverrides } from './parse-links'
import { type Properties, Reader } from './reader'
import type { Definition, Dimension } from './tree'

export type ParseResult =
  | { definition: Definition; errors: []; warnings: DefinitionError[] }
  | { definition: null; errors: DefinitionError[]; warnings: DefinitionError[] }

const MAX_CHARACTERS = 1_000_000
const TOO_DEEP = 'the YAML is nested too deeply'
const MAX_DIMENSIONS = 1000

/** They become column names and parts of paths. */
const DIMENSION_ID = /^[\p{L}\p{N}_-]{1,128}$/u

/**
 * Reads a CostFormation document. All of its errors are reported, each at its place; a YAML syntax error hides the
 * others, because what was meant is unknown then. A definition is there exactly if there are no errors.
 * `known`: what the cost lines have, for warnings of sources that none of them has; leave it out where there are none.
 */
export function parseDefinition(yaml: string, { known }: { known?: KnownSources } = {}): ParseResult {
  if (yaml.length > MAX_CHARACTERS) return refuse(`the definition is longer than ${MAX_CHARACTERS} characters`)
  const lines = new LineCounter()
  // A byte order mark would count as a column of the first line.
  const document = readYaml({ yaml: yaml.replace(/^\uFEFF/, ''), lines })
  if (document === null) return refuse(TOO_DEEP)
  const reader = new Reader(document, lines)
  // A tag that YAML does not know would be dropped silently; so its warnings are errors here.
  for (const { code, message, pos } of [...document.errors, ...document.warnings]) {
    const at = reader.placeOf({ offset: pos[0], path: '' })
    reader.fail({ at, message: code === 'RESOURCE_EXHAUSTION' ? TOO_DEEP : message })
  }
  if (reader.errors.length > 0) return { definition: null, errors: reader.errors, warnings: [] }

  const definition = { dimensions: readDimensions(reader) }
  const errors = [...reader.errors, ...findConflicts(definition)].sort(byPlace)
  const warnings = [...findDoubts(definition), ...(known ? findUnknownSources({ definition, known }) : [])].sort(
    byPlace,
  )
  return errors.length > 0 ? { definition: null, errors, warnings } : { definition, errors: [], warnings }
}

function refuse(message: string): ParseResult {
  return { definition: null, errors: [{ message, path: '', line: 1, column: 1 }], warnings: [] }
}

/** null where it is nested deeper than the YAML parser's stack. */
function readYaml({ yaml, lines }: { yaml: string; lines: LineCounter }): Document.Parsed | null {
  try {
    // Duplicate keys are reported by the reader, which knows their path and the first one's line.
    return parseDocument(yaml, { lineCounter: lines, prettyErrors: false, uniqueKeys: false })
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function readDimensions(reader: Reader): Dimension[] {
  const root = reader.root()
  const top = reader.map({ cursor: root, what: '`Dimensions:` with the dimensions by their ids' })
  if (top === null) return []
  reader.checkNames({ properties: top, known: ['Dimensions'], owner: 'the definition' })
  const found = top.get('Dimensions')
  if (found === undefined) {
    if (top.size === 0) reader.fail({ at: root.at, message: 'the definition needs `Dimensions:`' })
    return []
  }
  // `Dimensions:` with nothing below it is how a first, empty definition looks.
  if (found.node === null) return []
  const byId: Properties = reader.map({ cursor: found, what: 'dimensions by their ids' }) ?? new Map()
  if (byId.size > MAX_DIMENSIONS) {
    reader.fail({ at: found.key, message: `more than ${MAX_DIMENSIONS} dimensions` })
    return []
  }
  const scope = { reader, dimensionIds: new Set(byId.keys()), overrides: readOverrides({ byId, reader }) }
  return [...byId].flatMap(([id, property]) => {
    if (!DIMENSION_ID.test(id)) {
      const message = `\`${id}\` can be no id: it has letters, digits, \`_\` and \`-\`, at most 128; its \`Name\` is free`
      reader.fail({ at: property.key, message })
    }
    return readDimension({ context: { ...scope, dimensionId: id }, id, property }) ?? []
  })
}

function byPlace(a: DefinitionError, b: DefinitionError): number {
  return a.line - b.line || a.column - b.column
}
