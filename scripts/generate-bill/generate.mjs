/** Generates one bill: plans the usage, sums it up, adds the fees that follow from it, and writes the files. */
import { createHash } from 'node:crypto'
import { UsageError } from './arguments.mjs'
import { withEngine } from './engine.mjs'
import { countFees, planFees } from './fees.mjs'
import { CREATE_PLAN, linesSql } from './lines.mjs'
import { parseMoney } from './money.mjs'
import { daysOf, monthStarts, planUsage } from './plan.mjs'
import { createFleets, createResources, currencyOf, fleetRows } from './resources.mjs'
import { writeBill } from './write-bill.mjs'

/** Fewer lines of usage a month than these are no bill. */
const LEAST_USAGE = 1000

const invoices =
  ({ seed, start }) =>
  ({ provider, month }) => {
    const hash = createHash('sha256').update(`${seed}/${start}/${provider}/${month}`).digest('hex')
    return `${provider.toUpperCase()}-${hash.slice(0, 10)}`
  }

/** Rows of the table `plan`, month by month. */
function usageRows({ usage, fleets, starts, currencies, invoiceOf }) {
  const firstOf = new Map(fleets.map(({ key, first }) => [key, first]))
  const rows = starts.slice(1).map(() => [])
  for (const { fleet, day, active, level } of usage) {
    const { rates } = currencyOf({ provider: fleet.provider, currencies })
    const isHourly = fleet.cadence === 'hourly'
    rows[day.month].push({
      first_resource: firstOf.get(fleet.key),
      active,
      level,
      month: day.month,
      billing_start: starts[day.month] / 1000,
      billing_end: starts[day.month + 1] / 1000,
      start: day.time / 1000,
      step: isHourly ? 3600 : 86_400,
      repeats: isHourly ? 24 : 1,
      rate: rates[day.month % rates.length],
      invoice: invoiceOf({ provider: fleet.provider, month: day.month }),
      charge_class: '',
      is_amount: false,
      amount_billed: 0,
      amount_effective: 0,
      amount_list: 0,
      amount_usd_effective: 0,
      amount_quantity: null,
    })
  }
  return rows
}

/** The largest number of active resources of each fleet. */
function mostOf(usage) {
  const most = new Map()
  for (const { fleet, active } of usage) most.set(fleet.key, Math.max(most.get(fleet.key) ?? 0, active))
  return most
}

async function sumUp({ engine, lines }) {
  const billed = await engine.rows(`SELECT month, account_id, sum(billed) FROM ${lines} GROUP BY 1, 2`)
  const used = await engine.rows(
    `SELECT commitment_id, toUnixTimestamp(toStartOfDay(charge_start)), sum(effective) FROM ${lines}
     WHERE commitment_status = 'Used' GROUP BY 1, 2`,
  )
  const toMap = (rows) => new Map(rows.map(([first, second, sum]) => [`${first}/${second}`, parseMoney(sum)]))
  return { billed: toMap(billed), used: toMap(used) }
}

/** Each row with the number of the file it goes to; files get about as many lines each, in the bill's order. */
function spread({ rows, files, lines }) {
  let before = 0
  return rows.map((row) => {
    const part = Math.floor((before * files) / lines)
    before += row.active * row.repeats
    return { ...row, part }
  })
}

export async function generateBill({ lines, months, start, seed, currencies, focus, format, files, progress }) {
  const days = daysOf({ start, months })
  const starts = monthStarts({ start, months })
  const invoiceOf = invoices({ seed, start })
  const fees = countFees({ fleets: fleetRows({ most: new Map(), currencies }), days, months })
  const least = LEAST_USAGE * months + fees
  if (lines < least) throw new UsageError(`--lines: at least ${least} for ${months} months; got ${lines}`)
  const usage = planUsage({ lines: lines - fees, days })
  const fleets = fleetRows({ most: mostOf(usage), currencies })
  const usagePlan = usageRows({ usage, fleets, starts, currencies, invoiceOf })

  await withEngine(async (engine) => {
    const replacePlan = async (rows) => {
      await engine.run('TRUNCATE TABLE plan')
      await engine.insert('plan', spread({ rows, files: files.length, lines }))
    }
    await engine.run(createFleets(fleets))
    await engine.insert('fleets', fleets)
    await engine.run(createResources({ seed }))
    await engine.run(CREATE_PLAN)
    await replacePlan(usagePlan.flat())
    progress(`${lines} lines: summing up the usage`)
    const { billed, used } = await sumUp({ engine, lines: linesSql({ seed }) })
    const feePlan = planFees({ fleets, days, starts, currencies, billed, used, invoiceOf })
    await replacePlan(usagePlan.flatMap((rows, month) => [...rows, ...feePlan[month]]))
    await writeBill({ engine, seed, focus, format, files, progress })
  })
}
