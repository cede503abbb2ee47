import { readChild, readOverride } from './parse-links'
import { readGroupByShorthand, readGroups, readRules } from './parse-rule'
import { type ReadContext, readSources, SOURCE_PROPERTIES } from './parse-source'
import type { Properties, Property } from './reader'
import type { Dimension, Rule, SourceSet, StreamAllocation } from './tree'

const DIMENSION_TYPES = ['Grouping', 'Allocation'] as const
const COMMON = ['Name', 'Type', 'Hide', 'Disable', 'Child', 'Override'] as const
const RULE_FORMS = ['Rules', 'Groups', 'GroupBy'] as const
const PROPERTIES = {
  Grouping: [...COMMON, 'DefaultValue', ...RULE_FORMS, ...SOURCE_PROPERTIES],
  Allocation: [...COMMON, 'AllocateByStreams'],
} as const
const NOT_BUILT = ['AllocateByRules', 'ElementCutoff'] as const
const MISPLACED = { Grouping: ['AllocateByStreams'], Allocation: [...RULE_FORMS, ...SOURCE_PROPERTIES] } as const
const OWNERS = { Grouping: 'a Grouping dimension', Allocation: 'an Allocation dimension' } as const

/** CloudZero: a stream's name has letters, digits, `_`, `.` and `-`, at most 256. */
const STREAM_NAME = /^[A-Za-z0-9_.-]{1,256}$/

interface DimensionParts {
  context: ReadContext
  id: string
  property: Property
}

/** Reads one dimension; null where it can be no dimension at all. What is wrong with it is reported. */
export function readDimension({ context, id, property }: DimensionParts): Dimension | null {
  const { reader } = context
  const properties = reader.map({ cursor: property, what: 'a dimension with its `Rules` or its `AllocateByStreams`' })
  if (properties === null) return null
  const type = readType({ context, properties })
  if (type === null) return null
  checkProperties({ context, properties, type })
  const base = { id, ...readCommon({ context, id, property, properties }), at: property.key }
  if (type === 'Allocation') {
    const allocation = readAllocation({ context, properties, property })
    return allocation === null ? null : { ...base, type, allocation }
  }
  const sources = readSources({ context, properties, inherited: null })
  return { ...base, type, sources, rules: readAnyRules({ context, property, properties, sources }) }
}

/** The rules in the one form that the dimension has them in. */
function readAnyRules({
  context,
  property,
  properties,
  sources: inherited,
}: {
  context: ReadContext
  property: Property
  properties: Properties
  sources: SourceSet | null
}): Rule[] {
  const { reader } = context
  const forms = RULE_FORMS.flatMap((name) => {
    const cursor = properties.get(name)
    return cursor === undefined ? [] : [{ name, cursor }]
  })
  const [form, other] = forms
  if (form === undefined) {
    // What stands where the rules would be has been reported.
    const isReported = properties.has('AllocateByStreams') || properties.has('AllocateByRules')
    if (!isReported) {
      reader.fail({
        at: property.key,
        message: 'a Grouping dimension needs `Rules`, or the shorthand `Groups` or `GroupBy`',
      })
    }
    return []
  }
  if (other !== undefined) {
    reader.fail({
      at: other.cursor.key,
      message: `\`${other.name}\` stands in place of \`${form.name}\`: write one of them`,
    })
  }
  const scope = { cursor: form.cursor, context, inherited }
  if (form.name === 'Groups') return readGroups(scope)
  return form.name === 'GroupBy' ? readGroupByShorthand(scope) : readRules(scope)
}

function checkProperties({
  context: { reader },
  properties,
  type,
}: {
  context: ReadContext
  properties: Properties
  type: Dimension['type']
}): void {
  const misplaced: readonly string[] = MISPLACED[type]
  const otherType = type === 'Grouping' ? 'Allocation' : 'Grouping'
  for (const name of misplaced) {
    const found = properties.get(name)
    if (found) reader.fail({ at: found.key, message: `\`${name}\` needs \`Type: ${otherType}\`` })
  }
  // The default of a split would name its unallocated rest; the engine does not do that yet.
  const notBuilt = type === 'Allocation' ? [...NOT_BUILT, 'DefaultValue'] : NOT_BUILT
  reader.checkNames({ properties, known: [...PROPERTIES[type], ...misplaced], notBuilt, owner: OWNERS[type] })
}

function readType({ context: { reader }, properties }: { context: ReadContext; properties: Properties }) {
  const property = properties.get('Type')
  if (property === undefined) return 'Grouping'
  const text = reader.text({ cursor: property, what: '`Grouping` or `Allocation`' })
  if (text === null) return null
  const type = DIMENSION_TYPES.find((known) => known === text.value)
  return type ?? reader.fail({ at: text.at, message: `no dimension type \`${text.value}\`: Grouping or Allocation` })
}

function readCommon({ context, id, property, properties }: DimensionParts & { properties: Properties }) {
  const { reader } = context
  const readText = (name: string, what: string) => {
    const found = properties.get(name)
    return found ? reader.text({ cursor: found, what }) : null
  }
  const readFlag = (name: string) => {
    const found = properties.get(name)
    return found ? reader.flag(found) === true : false
  }
  const name = readText('Name', 'the name of the dimension')
  return {
    name: name?.value ?? id,
    nameAt: name?.at ?? property.key,
    hidden: readFlag('Hide'),
    disabled: readFlag('Disable'),
    defaultValue: readText('DefaultValue', 'the name of an element')?.value ?? null,
    child: readChild({ context, properties }),
    override: readOverride({ context, properties, id }),
    elementCutoff: null,
  }
}

function readAllocation({
  context: { reader },
  properties,
  property,
}: {
  context: ReadContext
  properties: Properties
  property: Property
}): StreamAllocation | null {
  const found = properties.get('AllocateByStreams')
  if (found === undefined) {
    if (properties.has('AllocateByRules')) return null
    return reader.fail({ at: property.key, message: 'an Allocation dimension needs `AllocateByStreams`' })
  }
  const inner = reader.map({ cursor: found, what: '`Streams` and their names' })
  if (inner === null) return null
  reader.checkNames({
    properties: inner,
    known: ['Streams'],
    notBuilt: ['Rate', 'ElementCutoff'],
    owner: '`AllocateByStreams`',
  })
  const list = inner.get('Streams')
  if (list === undefined) return reader.fail({ at: found.key, message: '`AllocateByStreams` needs `Streams`' })
  const seen = new Set<string>()
  const streams = (reader.list({ cursor: list, what: 'streams' }) ?? []).flatMap((cursor) => {
    const stream = reader.text({ cursor, what: 'the name of a stream' })
    if (stream === null) return []
    const { value, at } = stream
    if (!STREAM_NAME.test(value)) {
      const message = `\`${value}\` can be no stream: names have letters, digits, \`_\`, \`.\` and \`-\`, at most 256`
      reader.fail({ at, message })
    }
    if (seen.has(value)) reader.fail({ at, message: `the stream \`${value}\` is listed twice` })
    seen.add(value)
    return [stream]
  })
  return { type: 'AllocateByStreams', streams, rate: null, at: found.key }
}
