import { readChoice } from './parse-choice'
import { readDecimal } from './parse-number'
import type { ReadContext } from './parse-source'
import type { Cursor, Properties, Property, Reader } from './reader'
import type { StreamAllocation, Text } from './tree'

/** CloudZero: a stream's name has letters, digits, `_`, `.` and `-`, at most 256. */
const STREAM_NAME = /^[A-Za-z0-9_.-]{1,256}$/

const A_RATE = '`Type: Fixed`, `Value` and `DefaultElement`'

/** Reads the properties of `AllocateByStreams`. */
export function readStreams({
  context: { reader },
  property,
  properties,
}: {
  context: ReadContext
  property: Property
  properties: Properties
}): StreamAllocation | null {
  reader.checkNames({ properties, known: ['Streams', 'Rate', 'ElementCutoff'], owner: '`AllocateByStreams`' })
  const rateProperty = properties.get('Rate')
  const rate = rateProperty ? readRate({ reader, cursor: rateProperty }) : null
  const list = properties.get('Streams')
  if (list === undefined) return reader.fail({ at: property.key, message: '`AllocateByStreams` needs `Streams`' })
  return { type: 'AllocateByStreams', streams: readNames({ reader, cursor: list }), rate, at: property.key }
}

function readNames({ reader, cursor: list }: { reader: Reader; cursor: Cursor }): Text[] {
  const seen = new Set<string>()
  return (reader.list({ cursor: list, what: 'streams' }) ?? []).flatMap((cursor) => {
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
}

function readRate({ reader, cursor }: { reader: Reader; cursor: Cursor }): StreamAllocation['rate'] {
  const properties = reader.map({ cursor, what: A_RATE })
  if (properties === null) return null
  reader.checkNames({ properties, known: ['Type', 'Value', 'DefaultElement'], owner: '`Rate`' })
  const required = (name: string, what: string) => {
    const found = properties.get(name)
    if (found === undefined) reader.fail({ at: cursor.at, message: `\`Rate\` needs \`${name}\`: ${what}` })
    return found
  }
  const typeProperty = required('Type', 'Fixed')
  const valueProperty = required('Value', 'the cost of one unit')
  const elementProperty = required('DefaultElement', 'the element of what the rate leaves')
  const type = typeProperty && readChoice({ reader, cursor: typeProperty, choices: ['Fixed'], what: 'type of rate' })
  const isAllowed = (units: bigint) => units > 0n
  const value = valueProperty && readDecimal({ reader, cursor: valueProperty, what: 'a cost above 0', isAllowed })
  const element = elementProperty && reader.text({ cursor: elementProperty, what: 'the name of an element' })
  return type && value && element ? { type, value: value.value, defaultElement: element.value } : null
}
