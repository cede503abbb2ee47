/** Lines looked at first; later slices are larger or smaller, by how long the last one took. */
const LINES = { first: 2_000_000, most: Number.MAX_SAFE_INTEGER }
/** So that progress shows, giving up is heard, and memory stays bounded. */
const SLICE_MILLISECONDS = 1500

/** Hands on items, in their order, in runs of few enough lines, one after another; ends where `work` says that it has seen enough. */
export async function inSlices<T extends { lines: number }>(
  items: readonly T[],
  work: (some: T[]) => Promise<'enough' | undefined>,
  { first, most } = LINES,
): Promise<void> {
  let budget = first
  for (let start = 0; start < items.length; ) {
    let end = start
    let lines = 0
    while (end < items.length && (end === start || lines + (items[end]?.lines ?? 0) <= budget)) {
      lines += items[end]?.lines ?? 0
      end += 1
    }
    const began = performance.now()
    if ((await work(items.slice(start, end))) === 'enough') return
    const factor = SLICE_MILLISECONDS / Math.max(1, performance.now() - began)
    budget = Math.min(most, Math.max(1, Math.round(Math.max(lines, budget) * Math.min(2, factor))))
    start = end
  }
}
