/** Levenshtein distance in code units, where two letters swapped count as one mistake. */
function editDistance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, index) => index)]
  const at = (row: number, column: number) => rows[row]?.[column] ?? 0
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    rows.push(current)
    for (let column = 1; column <= b.length; column += 1) {
      const substituted = at(row - 1, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1)
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      const swapped = isSwap ? at(row - 2, column - 2) + 1 : substituted
      current.push(Math.min(substituted, swapped, at(row - 1, column) + 1, at(row, column - 1) + 1))
    }
  }
  return at(a.length, b.length)
}

/** Longer words are no misspelt names, and the distance takes the square of the length. */
const MAX_LENGTH = 256

/** The candidate that a misspelt word most likely meant, case aside; null where none is near. */
export function findNearest({ word, candidates }: { word: string; candidates: Iterable<string> }): string | null {
  if (word.length > MAX_LENGTH) return null
  const target = word.toLowerCase()
  let best: string | null = null
  let bestDistance = Math.floor(Math.max(word.length, 3) / 3) + 1
  for (const candidate of candidates) {
    // The distance is at least the difference of the lengths; this keeps a long unknown word cheap.
    if (Math.abs(candidate.length - target.length) >= bestDistance) continue
    const distance = editDistance(target, candidate.toLowerCase())
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** `; did you mean X?` in full, or nothing: the end of an error message. */
export function suggest(options: { word: string; candidates: Iterable<string> }): string {
  const nearest = findNearest(options)
  return nearest === null ? '' : `; did you mean \`${nearest}\`?`
}
