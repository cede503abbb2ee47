import { ZERO } from './decimal'
import type { Check, Value } from './line-plan'
import { isOneOf } from './sql'

/** Line item types of AWS CUR (AWS data dictionary, lineItem/LineItemType) by what they are in FOCUS. */
const USAGE = ['Usage', 'DiscountedUsage', 'SavingsPlanCoveredUsage', 'SavingsPlanNegation']
const PURCHASES = ['RIFee', 'SavingsPlanRecurringFee', 'SavingsPlanUpfrontFee', 'Fee']
const RECURRING = ['RIFee', 'SavingsPlanRecurringFee']
const COVERED = ['DiscountedUsage', 'SavingsPlanCoveredUsage']

/** The line item type of a report's line; '' where the report has none. */
export const rulesOf = (type: string) => ({
  /** Refunds and the discounts that come as lines of their own (Edp, Bundled, PrivateRate, RiVolume…) are adjustments. */
  chargeCategory: `multiIf(${isOneOf(type, USAGE)}, 'Usage', ${isOneOf(type, PURCHASES)}, 'Purchase', ${type} = 'Tax', 'Tax', ${type} = 'Credit', 'Credit', ${type} = '', '', 'Adjustment')`,
  /** A refund corrects an earlier invoice. */
  chargeClass: `if(${type} = 'Refund', 'Correction', '')`,
  chargeFrequency: `multiIf(${isOneOf(type, USAGE)}, 'Usage-Based', ${isOneOf(type, RECURRING)}, 'Recurring', ${type} = '', '', 'One-Time')`,
  isCovered: isOneOf(type, COVERED),
  /** Its quantity repeats that of the usage that it takes back. */
  isNegation: `${type} = 'SavingsPlanNegation'`,
  /** Whether the usage amount is one: a tax, a credit or a negation has an amount that counts nothing. */
  hasQuantity: `(${isOneOf(type, [...USAGE, ...PURCHASES])} AND ${type} != 'SavingsPlanNegation')`,
  hasUsage: isOneOf(type, USAGE.slice(0, 3)),
})

/** Decimals of the report that make the effective cost; null where it lacks the column. */
export interface EffectiveParts {
  unblended: Value
  savingsPlanEffective: Value | null
  savingsPlanTotal: Value | null
  savingsPlanUsed: Value | null
  reservationEffective: Value | null
  unusedUpfront: Value | null
  unusedRecurring: Value | null
  /** String SQL: the reservation that a fee pays for. */
  reservationArn: string | null
}

/** A sum cannot overflow in 76 digits; null where it does not fit the warehouse's 38. */
function combined(first: Value, sign: '+' | '-', second: Value): string {
  const wide = (value: Value) => `toDecimal256(ifNull(${value.sql}, ${ZERO}), 18)`
  return `accurateCastOrNull(${wide(first)} ${sign} ${wide(second)}, 'Decimal(38, 18)')`
}

/**
 * Amortised cost by line item type, as in AWS's own CUR queries (Well-Architected Labs, CUR Query Library, "amortized
 * cost"; finopsfoundation/focus_converters, EffectiveCost):
 * SavingsPlanCoveredUsage: its effective cost; SavingsPlanRecurringFee: total commitment less used commitment;
 * SavingsPlanNegation, SavingsPlanUpfrontFee: 0; DiscountedUsage: the reservation's effective cost; RIFee: unused upfront
 * fee plus unused recurring fee; Fee of a reservation: 0; all else: the unblended cost.
 * Where the report lacks a rule's columns, or its cell is empty, the unblended cost stands.
 */
export function effectiveCost({ type, parts }: { type: string; parts: EffectiveParts }): Value {
  const { unblended, savingsPlanEffective, savingsPlanTotal, savingsPlanUsed, reservationEffective } = parts
  const { unusedUpfront, unusedRecurring, reservationArn } = parts
  const amortizes = savingsPlanEffective !== null
  const orUnblended = (sql: string) => `ifNull(${sql}, ${unblended.sql})`
  const rules: [type: string, sql: string][] = []
  if (savingsPlanEffective) rules.push(['SavingsPlanCoveredUsage', orUnblended(savingsPlanEffective.sql)])
  if (amortizes) {
    rules.push(['SavingsPlanNegation', ZERO], ['SavingsPlanUpfrontFee', ZERO])
    if (savingsPlanTotal && savingsPlanUsed)
      rules.push(['SavingsPlanRecurringFee', combined(savingsPlanTotal, '-', savingsPlanUsed)])
  }
  if (reservationEffective) rules.push(['DiscountedUsage', orUnblended(reservationEffective.sql)])
  const sumOfUnused = unusedUpfront && unusedRecurring ? combined(unusedUpfront, '+', unusedRecurring) : null
  if (sumOfUnused) rules.push(['RIFee', sumOfUnused])
  const cases = rules.map(([name, sql]) => `${type} = '${name}', ${sql}`)
  if (reservationArn && reservationEffective) cases.push(`${type} = 'Fee' AND ${reservationArn} != '', ${ZERO}`)
  const sql = cases.length > 0 ? `multiIf(${cases.join(', ')}, ${unblended.sql})` : unblended.sql
  const read = [unblended, savingsPlanEffective, savingsPlanTotal, savingsPlanUsed, reservationEffective]
  const checks = [...read, unusedUpfront, unusedRecurring].flatMap((value) => value?.checks ?? [])
  return { sql, checks: [...checks, ...overflowChecks({ type, rules })] }
}

/** Two amounts that each fit, and whose sum does not. */
function overflowChecks({ type, rules }: { type: string; rules: readonly [string, string][] }): Check[] {
  return rules
    .filter(([, sql]) => sql.includes('toDecimal256'))
    .map(([name, sql]) => {
      const test = `(${type} = '${name}' AND isNull(${sql}))`
      return {
        column: 'EffectiveCost',
        value: type,
        suspicious: test,
        reason: `if(${test}, 'has more than 20 integer digits', '')`,
      }
    })
}
