import { currentDigest } from '../costs/digest/read'
import { inSlices } from '../costs/slices'

/** With weights to hold: their arrays take the memory, and a slice may not grow for being fast alone. */
const WEIGHED = { first: 2_000_000, most: 3_000_000 }

/** A weight takes the memory of so many lines. */
const AS_LINES = 3

/** Hands on days in slices; `linesOf`: as how many lines a day counts that has some. */
async function slicesOf(
  days: readonly string[],
  work: (some: string[]) => Promise<void>,
  linesOf: (lines: number) => number,
  limits?: Parameters<typeof inSlices>[2],
): Promise<void> {
  const { shape } = await currentDigest()
  const lines = new Map<string, number>()
  for (const row of shape) lines.set(row.day, (lines.get(row.day) ?? 0) + row.lines)
  await inSlices(
    days.map((day) => ({ day, lines: linesOf(lines.get(day) ?? 0) })),
    async (some) => {
      await work(some.map(({ day }) => day))
      return undefined
    },
    limits,
  )
}

/** Days in slices of few enough cost lines, one after another. `weights`: about as many a day are held at once. */
export async function eachSliceOfDays(
  days: readonly string[],
  work: (some: string[]) => Promise<void>,
  { weights = 0 }: { weights?: number } = {},
): Promise<void> {
  await slicesOf(days, work, (lines) => lines + AS_LINES * weights, weights > 0 ? WEIGHED : undefined)
}

/** Of stored rows: fewer than the least take no longer together than apart. */
const STORED = { first: 2_000_000, most: 2_000_000, least: 200_000 }
/** A day's stored rows take as much as so many lines, at most. */
const STORED_LINES = 50_000

/** The same of days whose lines are stored as rows of a split, `atOnce` slices beside each other. */
export async function eachStoredSlice(
  days: readonly string[],
  work: (some: string[]) => Promise<void>,
  { weights, atOnce }: { weights: number; atOnce: number },
): Promise<void> {
  const linesOf = (lines: number) => Math.min(lines, STORED_LINES) + AS_LINES * weights
  await slicesOf(days, work, linesOf, { ...STORED, atOnce })
}

const WEEK = 7

/** Days in sevens: of work that does not grow with cost lines. */
export async function eachWeek(days: readonly string[], work: (some: string[]) => Promise<void>): Promise<void> {
  for (let start = 0; start < days.length; start += WEEK) await work(days.slice(start, start + WEEK))
}

/** Days of one month at a time: of what has to see the month as a whole. */
export async function eachMonth(days: readonly string[], work: (some: string[]) => Promise<void>): Promise<void> {
  for (const month of new Set(days.map((day) => day.slice(0, 7)))) {
    await work(days.filter((day) => day.startsWith(month)))
  }
}
