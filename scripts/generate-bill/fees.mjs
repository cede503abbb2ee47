/**
 * What a bill charges beside usage: commitments and their unused parts, support, tax, credits, a refund and corrections.
 * All amounts come from the sums of the month's usage.
 */
import { FEES, FLEETS } from './catalogue.mjs'
import { ACCOUNTS } from './company.mjs'
import { toCents, writeMoney } from './money.mjs'
import { ALL_FLEETS, COMMITTED_SHARE, currencyOf, nano } from './resources.mjs'

/** Corrected are these fleets' first resources, in each month but the first, for the month before. */
const CORRECTED = ['s3-storage', 's3-requests', 'logs', 'lambda', 'athena', 'cloudfront']

const DAY = 86_400
const SUPPORT_PERCENT = 4n
const TAX_PERCENT = 8n

/** How many lines `planFees` makes, known before there is any usage. */
export function countFees({ fleets, days, months }) {
  const sizes = new Map(fleets.map(({ key, size }) => [key, size]))
  const monthly = FEES.filter(({ key }) => !key.endsWith('-unused') && key !== 'refund')
  const perMonth = monthly.reduce((sum, { key }) => sum + sizes.get(key), 0)
  const unused = FEES.filter(({ key }) => key.endsWith('-unused')).length * days.length
  const refunds = months > 1 ? 1 : 0
  return perMonth * months + unused + refunds + (months - 1) * CORRECTED.length
}

/** An hour of the reserved instance, in trillionths of a dollar: what `resources.mjs` computes for its region. */
function reservedRate() {
  const { price } = FLEETS.find(({ commitment }) => commitment === 'reserved')
  const contracted = Math.floor((nano(price) * 940 + 500) / 1000)
  return BigInt(Math.floor((contracted * COMMITTED_SHARE + 500) / 1000)) * 1000n
}

/** What is committed for an hour: a little more than the busiest day used, in whole units of `step`. */
function hourlyCommitment({ used, step }) {
  const [busiest = 0n] = used.toSorted((first, second) => (first < second ? 1 : -1))
  return ((busiest * 103n) / 100n / 24n / step + 1n) * step
}

/**
 * Rows of the plan for each month's fees.
 * `billed`: trillionths by `month/account` of what usage was billed; `used`: by `commitment id/start of day` what of a
 * commitment was used.
 */
export function planFees({ fleets, days, starts, currencies, billed, used, invoiceOf }) {
  const fleetOf = new Map(fleets.map((fleet) => [fleet.key, fleet]))
  const months = starts.length - 1
  const usedOn = ({ key, day }) => used.get(`${fleetOf.get(key).commitment_id}/${day.time / 1000}`) ?? 0n
  const commitments = [
    { key: 'savings', step: 10n ** 9n },
    { key: 'reserved', step: reservedRate() },
  ].map(({ key, step }) => {
    const daily = days.map((day) => usedOn({ key: `${key}-unused`, day }))
    return { key, daily, hourly: hourlyCommitment({ used: daily, step }), rate: key === 'reserved' ? step : null }
  })

  return Array.from({ length: months }, (_, month) => {
    const begin = starts[month] / 1000
    const end = starts[month + 1] / 1000
    const row = ({ key, n = 0, start = begin, step = end - begin, amounts, quantity = null, charge_class = '' }) => {
      const { provider } = ALL_FLEETS[fleetOf.get(key).fleet]
      const { rates } = currencyOf({ provider, currencies })
      const rate = BigInt(rates[month % rates.length])
      const { amount_billed = 0n, amount_effective = 0n, amount_list = 0n } = amounts
      return {
        first_resource: fleetOf.get(key).first + n,
        active: 1,
        level: 1000,
        month,
        billing_start: begin,
        billing_end: end,
        start,
        step,
        repeats: 1,
        rate: Number(rate),
        invoice: invoiceOf({ provider, month }),
        charge_class,
        is_amount: true,
        amount_billed: writeMoney(amount_billed),
        amount_effective: writeMoney(amount_effective),
        amount_list: writeMoney(amount_list),
        amount_usd_effective: writeMoney((amount_effective * 10_000n) / rate),
        amount_quantity: quantity,
      }
    }
    const same = (amount) => ({ amount_billed: amount, amount_effective: amount, amount_list: amount })
    const billedOf = (account) => billed.get(`${month}/${ACCOUNTS[account].id}`) ?? 0n

    const purchases = commitments.flatMap(({ key, hourly, daily, rate }) => {
      const quantityOf = (amount) => (rate === null ? writeMoney(amount) : String(amount / rate))
      const cost = hourly * BigInt((end - begin) / 3600)
      return [
        row({
          key: `${key}-purchase`,
          amounts: { amount_billed: cost, amount_list: cost },
          quantity: quantityOf(cost),
        }),
        ...days.flatMap((day, index) => {
          if (day.month !== month) return []
          const unused = hourly * 24n - daily[index]
          return row({
            key: `${key}-unused`,
            start: day.time / 1000,
            step: DAY,
            amounts: { amount_effective: unused },
            quantity: quantityOf(unused),
          })
        }),
      ]
    })
    const perAccount = (key, percent) =>
      fleetOf
        .get(key)
        .accounts.map((account, n) => row({ key, n, amounts: same(toCents((billedOf(account) * percent) / 100n)) }))
    const total = [...billed].reduce((sum, [key, value]) => (key.startsWith(`${month}/`) ? sum + value : sum), 0n)
    const corrections = CORRECTED.map((key, index) =>
      row({
        key,
        start: starts[month - 1] / 1000 + (index + 3) * 2 * DAY,
        step: DAY,
        charge_class: 'Correction',
        amounts: same(-(total / BigInt(40_000 + 7919 * index)) + BigInt(index)),
      }),
    )
    return [
      ...purchases,
      ...perAccount('support', SUPPORT_PERCENT),
      ...['tax', 'tax-azure', 'tax-gcp'].flatMap((key) => perAccount(key, TAX_PERCENT)),
      row({ key: 'credit-program', amounts: same(-toCents(total / 60n)) }),
      row({ key: 'credit-ai', amounts: same(-toCents(total / 400n)) }),
      ...(month === 1 ? [row({ key: 'refund', amounts: same(-toCents(total / 900n)) })] : []),
      ...(month > 0 ? corrections : []),
    ]
  })
}
