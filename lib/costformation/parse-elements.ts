import { toUnits } from '../units'
import { HUNDRED, readDecimal } from './parse-number'
import type { Cursor, Properties, Reader } from './reader'
import type { ElementRule, Limit } from './tree'

const PROPERTIES = ['Weight', 'Exclude', 'Floor', 'Cap'] as const
const LIMITS = ['Percent', 'Amount'] as const
const A_LIMIT = '`{Percent: 30}` of each amount, or `{Amount: 1000}` a month'

interface Parts {
  reader: Reader
  cursor: Cursor
}

/** Reads `Elements`: what holds for single elements of an allocation, by their names. */
export function readElements({ reader, cursor }: Parts): ElementRule[] {
  const named = reader.map({
    cursor,
    what: 'the names of elements, each with its `Weight`, `Exclude`, `Floor` or `Cap`',
  })
  let floors = 0n
  return [...(named ?? [])].flatMap(([value, property]) => {
    if (value === '') return reader.fail({ at: property.key, message: 'an element needs a name' }) ?? []
    const properties = reader.map({ cursor: property, what: `\`${PROPERTIES.join('`, `')}\`` })
    if (properties === null) return []
    reader.checkNames({ properties, known: PROPERTIES, owner: 'an element' })
    const rule = { element: { value, at: property.key }, ...readRule({ reader, properties }) }
    if (rule.floor?.type !== 'Percent') return [rule]
    const before = floors
    floors += toUnits(rule.floor.value)
    if (before <= HUNDRED && floors > HUNDRED) {
      const at = properties.get('Floor')?.at ?? property.key
      reader.fail({ at, message: 'the floors come to more than 100 percent with this one' })
    }
    return [rule]
  })
}

function readRule({ reader, properties }: { reader: Reader; properties: Properties }): Omit<ElementRule, 'element'> {
  const weight = properties.get('Weight')
  const excluded = properties.get('Exclude')
  const floorProperty = properties.get('Floor')
  const capProperty = properties.get('Cap')
  const exclude = excluded !== undefined && reader.flag(excluded) === true
  const floor = floorProperty ? readLimit({ reader, cursor: floorProperty }) : null
  const cap = capProperty ? readLimit({ reader, cursor: capProperty }) : null
  for (const name of ['Weight', 'Floor', 'Cap']) {
    const found = properties.get(name)
    if (exclude && found) {
      reader.fail({ at: found.key, message: `the element is excluded and gets nothing: leave \`${name}\` out` })
    }
  }
  if (floor && cap && floorProperty && floor.type === cap.type && toUnits(floor.value) > toUnits(cap.value)) {
    const message = `\`Floor\` (${floor.value}) is above \`Cap\` (${cap.value})`
    reader.fail({ at: floorProperty.at, message })
  }
  return { weight: weight ? readWeight({ reader, cursor: weight }) : null, exclude, floor, cap }
}

function readWeight({ reader, cursor }: Parts): string | null {
  const what = 'a weight above 0 (for none write `Exclude: true`)'
  return readDecimal({ reader, cursor, what, isAllowed: (units) => units > 0n })?.value ?? null
}

function readLimit({ reader, cursor }: Parts): Limit | null {
  const properties = reader.map({ cursor, what: A_LIMIT })
  if (properties === null) return null
  reader.checkNames({ properties, known: LIMITS, owner: 'a limit' })
  const [found, second] = LIMITS.flatMap((type) => {
    const property = properties.get(type)
    return property ? [{ type, property }] : []
  })
  if (second) {
    return reader.fail({ at: second.property.key, message: 'write either `Percent` or `Amount`, not both' })
  }
  if (!found) {
    return properties.size > 0
      ? null
      : reader.fail({ at: cursor.at, message: `expected ${A_LIMIT}; it is an empty map` })
  }
  const { type, property } = found
  const what = type === 'Percent' ? 'a percentage from 0 to 100' : 'an amount from 0 on'
  const isAllowed = (units: bigint) => type === 'Amount' || units <= HUNDRED
  const number = readDecimal({ reader, cursor: property, what, isAllowed })
  return number === null ? null : { type, value: number.value }
}
