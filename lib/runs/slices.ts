import { currentDigest } from '../costs/digest/read'
import { inSlices } from '../costs/slices'

/** Days in slices of few enough cost lines, one after another. */
export async function eachSliceOfDays(days: readonly string[], work: (some: string[]) => Promise<void>): Promise<void> {
  const { shape } = await currentDigest()
  const lines = new Map<string, number>()
  for (const row of shape) lines.set(row.day, (lines.get(row.day) ?? 0) + row.lines)
  await inSlices(
    days.map((day) => ({ day, lines: lines.get(day) ?? 0 })),
    async (some) => {
      await work(some.map(({ day }) => day))
      return undefined
    },
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
