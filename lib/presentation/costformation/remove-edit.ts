import { isScalar, isSeq } from 'yaml'
import type { Edit } from './text-change'
import {
  blockOf,
  type Collection,
  collectionAt,
  indexIn,
  isFlow,
  lineEnd,
  type Path,
  placesOf,
  type Source,
} from './yaml-places'

function removeFlow(collection: Collection, index: number, text: string): Edit {
  const places = placesOf(collection, text)
  const [before, place, next] = [places[index - 1], places[index], places[index + 1]]
  if (!place) return null
  const comma = text.indexOf(',', place.end)
  if (next && comma >= 0) {
    const rest = /^ */.exec(text.slice(comma + 1))?.[0].length ?? 0
    return [{ from: place.start, to: comma + 1 + rest, insert: '' }]
  }
  if (!before) return [{ from: place.start, to: place.end, insert: '' }]
  const separator = text.indexOf(',', before.end)
  if (separator < 0 || separator > place.start) return null
  const gap = text.slice(separator + 1, place.start)
  if (gap.trim() === '') return [{ from: separator, to: place.end, insert: '' }]
  return [
    { from: separator, to: separator + 1, insert: '' },
    { from: place.start, to: place.end, insert: '' },
  ]
}

/** Behind the colon or the dash that a value belongs to; null for the whole document. */
function openingOf(source: Source, path: Path): number | null {
  const parent = collectionAt(source, path.slice(0, -1))
  const step = path.at(-1)
  if (!parent || step === undefined) return null
  const index = indexIn(parent, step)
  if (isSeq(parent)) return (placesOf(parent, source.text)[index]?.start ?? -2) + 1
  const key = parent.items[index]?.key
  const end = isScalar(key) ? key.range?.[1] : undefined
  const colon = end === undefined ? -1 : source.text.indexOf(':', end)
  return colon < 0 ? null : colon + 1
}

/** Removes an item or a property, with the comments directly above it. What is left of its collection may be `[]` or `{}`. */
export function removeAt(source: Source, path: Path): Edit {
  const { text } = source
  const collection = collectionAt(source, path.slice(0, -1))
  if (!collection) return null
  const index = indexIn(collection, path.at(-1) ?? '')
  if (isFlow(collection)) return removeFlow(collection, index, text)
  const places = placesOf(collection, text)
  const place = places[index]
  if (!place) return null
  const block = blockOf(place, text)
  const empty = isSeq(collection) ? '[]' : '{}'
  if (places.length === 1) {
    const opening = openingOf(source, path.slice(0, -1))
    if (!block || opening === null) return [{ from: place.start, to: lineEnd(text, place.end), insert: empty }]
    return [
      { from: opening, to: opening, insert: ` ${empty}` },
      { from: block.start - 1, to: block.end, insert: '' },
    ]
  }
  if (block) {
    const [from, to] =
      block.end < text.length ? [block.start, block.end + 1] : [Math.max(0, block.start - 1), block.end]
    return [{ from, to, insert: '' }]
  }
  const next = places[index + 1]
  if (!next) return null
  const gap = text.slice(place.end, next.start)
  return gap.includes('#')
    ? [{ from: place.start, to: place.end, insert: '' }]
    : [{ from: place.start, to: next.start, insert: '' }]
}
