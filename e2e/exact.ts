const DIGITS = 18

/** A plain decimal, or an amount as a screen shows it in full, in units of 10⁻¹⁸: no digit goes through a float. */
export function toUnits(amount: string): bigint {
  const found = /^(?:Exactly )?([-−+]?)\$?([\d,]+)(?:\.(\d{1,18}))?$/.exec(amount)
  if (!found) throw new Error(`${JSON.stringify(amount)} is no amount`)
  const [, sign, whole = '', fraction = ''] = found
  const units = BigInt(whole.replaceAll(',', '') + fraction.padEnd(DIGITS, '0'))
  return sign === '-' || sign === '−' ? -units : units
}

export const sumUnits = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n)

/** Whether an amount is such a part of a total, but for what rounding its lines moves. */
export function isPart({ amount, total, of: [part, whole] }: { amount: bigint; total: bigint; of: [number, number] }) {
  const off = amount * BigInt(whole) - total * BigInt(part)
  return (off < 0n ? -off : off) < 10n ** 9n * BigInt(whole)
}
