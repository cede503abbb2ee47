/**
 * Days as a list for IN, over a column of type Date. Plain values: a month of expressions takes longer to plan than its
 * rows to read. They are our own, so they may stand in the text.
 */
export const dayListSql = (days: readonly string[]): string => days.map((day) => `'${day}'`).join(', ')

/** The rows of some days of runs, as a condition over `run_id` and `day`. */
export function daysOfRunsSql(pointers: readonly { day: string; runId: number }[]): string {
  if (pointers.length === 0) return '0'
  const byRun = new Map<number, string[]>()
  for (const { day, runId } of pointers) byRun.set(runId, [...(byRun.get(runId) ?? []), day])
  return `(${[...byRun].map(([runId, days]) => `(run_id = ${runId} AND day IN (${dayListSql(days)}))`).join(' OR ')})`
}
