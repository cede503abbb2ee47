import { currentDigest } from '../costs/digest/read'

/** Lines looked at by the first statements; later ones take more or fewer, so that none holds the engine for long. */
const FIRST_LINES = 500_000
const STATEMENT_MILLISECONDS = 400

/** Days in runs of few enough lines, the next one longer or shorter by how long the last one took. */
export async function eachSliceOfDays(
  days: readonly string[],
  work: (some: string[]) => Promise<number>,
): Promise<void> {
  const { shape } = await currentDigest()
  const lines = new Map<string, number>()
  for (const row of shape) lines.set(row.day, (lines.get(row.day) ?? 0) + row.lines)
  let budget = FIRST_LINES
  for (let start = 0; start < days.length; ) {
    let end = start
    let held = 0
    while (end < days.length && (end === start || held + (lines.get(days[end] ?? '') ?? 0) <= budget)) {
      held += lines.get(days[end] ?? '') ?? 0
      end += 1
    }
    const longest = await work(days.slice(start, end))
    budget = Math.max(
      1,
      Math.round(Math.max(held, budget) * Math.min(2, STATEMENT_MILLISECONDS / Math.max(1, longest))),
    )
    start = end
  }
}

/** Milliseconds. */
export async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

const WEEK = 7

/** Days in sevens: of work that does not grow with cost lines. */
export async function eachWeek(days: readonly string[], work: (some: string[]) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < days.length; start += WEEK) await work(days.slice(start, start + WEEK))
}
