/**
 * How many resources of each fleet run on each day, so that the bill has exactly the lines that were asked for: the
 * company grows, some fleets rest at weekends, and `REST` takes what rounding leaves over.
 */
import { FLEETS, REST } from './catalogue.mjs'

const DAY = 86_400_000

/** The days of a bill, each with its month's index. `start`: `YYYY-MM`. */
export function daysOf({ start, months }) {
  const [year, month] = start.split('-').map(Number)
  const begin = (index) => Date.UTC(year, month - 1 + index, 1)
  return Array.from({ length: months }, (_, index) => index).flatMap((index) =>
    Array.from({ length: (begin(index + 1) - begin(index)) / DAY }, (_, day) => {
      const time = begin(index) + day * DAY
      return { time, month: index, isWeekend: [0, 6].includes(new Date(time).getUTCDay()) }
    }),
  )
}

/** First days of the bill's months, and of the one after. */
export function monthStarts({ start, months }) {
  const [year, month] = start.split('-').map(Number)
  return Array.from({ length: months + 1 }, (_, index) => Date.UTC(year, month - 1 + index, 1))
}

/** Traffic that was not as on other days: `at` is a fraction of the bill's days, `level` in thousandths. */
const ANOMALIES = [
  { fleet: 'transfer', at: 0.42, days: 3, level: 5200 },
  { fleet: 'logs', at: 0.71, days: 5, level: 3800 },
  { fleet: 'athena', at: 0.55, days: 1, level: 9000 },
  { fleet: 'bedrock', at: 0.86, days: 4, level: 3100 },
  { fleet: 's3-requests', at: 0.2, days: 2, level: 4400 },
]

/** Resources grow by 0.15 % a day, in millionths of the first day's. */
const growthOf = (index) => 1_000_000 + index * 1_500

function levelOf({ fleet, day, index, dayCount }) {
  if (fleet.steady) return 1000
  const anomaly = ANOMALIES.find(({ fleet: key, at, days }) => {
    const first = Math.floor(at * dayCount)
    return key === fleet.key && index >= first && index < first + days
  })
  const traffic = Math.round((1000 + index * 2) * (day.isWeekend ? 0.68 : 1))
  return anomaly ? Math.round((traffic * anomaly.level) / 1000) : traffic
}

const linesADay = (fleet) => (fleet.cadence === 'hourly' ? 24 : 1)

/** Resources of each fleet on the last day; what rounding took from one is given to the next. */
function fleetSizes({ lines, days }) {
  const grown = days.reduce((sum, _, index) => sum + growthOf(index), 0) / growthOf(days.length - 1)
  const owed = { hourly: 0, daily: 0 }
  return FLEETS.map((fleet) => {
    owed[fleet.cadence] += ((fleet.share / 1000) * lines) / (grown * linesADay(fleet))
    const size = Math.round(owed[fleet.cadence])
    owed[fleet.cadence] -= size
    return size
  })
}

/**
 * `lines` of usage over the days: for each day and fleet, how many resources are active, and their level of use in
 * thousandths. In the order of the bill.
 */
export function planUsage({ lines, days }) {
  const sizes = fleetSizes({ lines, days })
  const growth = days.map((_, index) => growthOf(index))
  const grownTotal = growth.reduce((sum, value) => sum + value, 0)
  let grownUntil = 0
  let written = 0
  return days.flatMap((day, index) => {
    grownUntil += growth[index]
    let left = Math.floor((lines * grownUntil) / grownTotal) - written
    written += left
    const cells = FLEETS.map((fleet, position) => {
      const resting = day.isWeekend ? (fleet.weekend ?? 1000) : 1000
      const wanted = Math.round((sizes[position] * growth[index] * resting) / (growth.at(-1) * 1000))
      // A small bill's day can be full before every fleet has had its turn.
      const active = Math.min(wanted, Math.floor(left / linesADay(fleet)))
      left -= active * linesADay(fleet)
      return { fleet, day, active }
    })
    return [...cells, { fleet: REST, day, active: left }]
      .filter(({ active }) => active > 0)
      .map((cell) => ({ ...cell, level: levelOf({ fleet: cell.fleet, day, index, dayCount: days.length }) }))
  })
}
