import { currentDigest } from '../costs/digest/read'
import { inSlices } from '../costs/slices'

/** With weights to hold: their arrays take the memory, and a slice may not grow for being fast alone. */
const WEIGHED = { first: 2_000_000, most: 4_000_000 }

/**
 * Days in slices of few enough cost lines, one after another. `weights`: about as many a day are held at once, each as
 * much as two lines.
 */
export async function eachSliceOfDays(
  days: readonly string[],
  work: (some: string[]) => Promise<void>,
  weights = 0,
): Promise<void> {
  const { shape } = await currentDigest()
  const lines = new Map<string, number>()
  for (const row of shape) lines.set(row.day, (lines.get(row.day) ?? 0) + row.lines)
  await inSlices(
    days.map((day) => ({ day, lines: (lines.get(day) ?? 0) + 2 * weights })),
    async (some) => {
      await work(some.map(({ day }) => day))
      return undefined
    },
    weights > 0 ? WEIGHED : undefined,
  )
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
