import { sqlString } from '../../costformation/sql-literal'
import { currentLinesSql, startingInSql } from '../../costs/current-lines'
import { inSlices } from '../../costs/slices'
import { AppError } from '../../errors'
import { instant } from '../../instant'
import { defaultRange, shiftDay } from '../../presentation/date-range'
import { billShape, currenciesOf, type ShapeRow } from '../../reports/bill-shape'

type Day = Pick<ShapeRow, 'day' | 'currency' | 'lines'>

export interface PreviewScope {
  /** Days, `to` exclusive; null where there is no cost. */
  range: { from: string; to: string } | null
  currency: string | null
  currencies: string[]
  /** Days that have lines, in order, with how many. */
  days: { day: string; lines: number }[]
  /** The condition over cost_lines of some of these days, the last one included. */
  whereOf(first: string, last: string): string
  /** Of all of them. */
  where: string
}

/** Lines by day and currency, in the order of the days. */
async function linesByDay(): Promise<Day[]> {
  const days = new Map<string, Day>()
  for (const { day, currency, lines } of await billShape()) {
    const key = `${day} ${currency}`
    days.set(key, { day, currency, lines: lines + (days.get(key)?.lines ?? 0) })
  }
  return [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1))
}

/** Runs a statement over the range in slices of whole days. Ends when nobody waits any more, and where `run` has seen enough. */
export async function eachSlice({
  scope,
  signal,
  run,
}: {
  scope: PreviewScope
  signal: AbortSignal
  run: (where: string, days: string[]) => Promise<'enough' | undefined>
}): Promise<void> {
  await inSlices(scope.days, async (some) => {
    if (signal.aborted) throw new AppError('unavailable', 'The request was given up.')
    const days = some.map(({ day }) => day)
    const [first, last] = [days[0], days.at(-1)]
    return first === undefined || last === undefined ? 'enough' : run(scope.whereOf(first, last), days)
  })
}

function readRange(request: { from?: string | undefined; to?: string | undefined }, rows: readonly Day[]) {
  const [first, last] = [rows[0]?.day, rows.at(-1)?.day]
  if (first === undefined || last === undefined) return null
  const usual = defaultRange(first, last)
  const range = { from: request.from ?? usual.from, to: request.to ?? usual.to }
  if (instant(range.from) >= instant(range.to)) {
    throw new AppError('invalid_request', `to (${range.to}) must be after from (${range.from}); ends are exclusive.`, [
      { name: 'to', reason: 'must be after from' },
    ])
  }
  return range
}

/** Which lines a preview looks at, in slices. */
export async function previewScope(request: {
  from?: string | undefined
  to?: string | undefined
  currency?: string | undefined
}): Promise<PreviewScope> {
  const current = await currentLinesSql()
  const rows = await linesByDay()
  const range = readRange(request, rows)
  if (range === null) {
    return { range, currency: request.currency ?? null, currencies: [], days: [], whereOf: () => '0', where: '0' }
  }
  const [from, to] = [instant(range.from), instant(range.to)]
  const inRange = rows.filter(({ day }) => instant(shiftDay(day, 1)) > from && instant(day) < to)
  const currencies = currenciesOf(inRange)
  const currency = request.currency ?? currencies[0] ?? null
  const money = currency === null ? current : `${current} AND BillingCurrency = ${sqlString(currency)}`
  const within = (start: Date, end: Date) =>
    `${money} AND ${startingInSql({ from: start < from ? from : start, to: end > to ? to : end })}`
  return {
    range,
    currency,
    currencies,
    days: inRange.filter((row) => row.currency === currency),
    whereOf: (first, last) => within(instant(first), instant(shiftDay(last, 1))),
    where: within(from, to),
  }
}
