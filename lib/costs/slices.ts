/** Lines looked at first; later slices are larger or smaller, by how long the last one took. */
const LINES = { first: 2_000_000, most: Number.MAX_SAFE_INTEGER }
/** So that progress shows, giving up is heard, and memory stays bounded. */
const SLICE_MILLISECONDS = 1500

/**
 * Hands on items, in their order, in runs of few enough lines, one after another; ends where `work` says that it has
 * seen enough. `atOnce`: so many runs go on beside each other, the last ones of about the same size but of no less than
 * `least` lines; an error ends all.
 */
export async function inSlices<T extends { lines: number }>(
  items: readonly T[],
  work: (some: T[]) => Promise<'enough' | undefined>,
  { first, most, least = 0, atOnce = 1 }: { first: number; most: number; least?: number; atOnce?: number } = LINES,
): Promise<void> {
  let budget = first
  let start = 0
  let idle = atOnce
  let left = items.reduce((sum, { lines }) => sum + lines, 0)
  const take = (): T[] => {
    const limit = Math.min(budget, Math.max(least, Math.ceil(left / idle)))
    let end = start
    let lines = 0
    while (end < items.length && (end === start || lines + (items[end]?.lines ?? 0) <= limit)) {
      lines += items[end]?.lines ?? 0
      end += 1
    }
    const some = items.slice(start, end)
    start = end
    left -= lines
    return some
  }
  const worker = async () => {
    while (start < items.length) {
      const some = take()
      const lines = some.reduce((sum, item) => sum + item.lines, 0)
      const began = performance.now()
      idle -= 1
      try {
        if ((await work(some)) === 'enough') start = items.length
      } catch (error) {
        start = items.length
        throw error
      } finally {
        idle += 1
      }
      const factor = SLICE_MILLISECONDS / Math.max(1, performance.now() - began)
      budget = Math.min(most, Math.max(1, Math.round(Math.max(lines, budget) * Math.min(2, factor))))
    }
  }
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, worker))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}
