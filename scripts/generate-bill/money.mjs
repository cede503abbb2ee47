/** Exact amounts as whole trillionths, so that 12 fractional digits are kept. */
const SCALE = 12

export function parseMoney(text) {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? []
  const units = BigInt(whole + fraction.padEnd(SCALE, '0'))
  return sign === '-' ? -units : units
}

export function writeMoney(units) {
  const digits = String(units < 0n ? -units : units).padStart(SCALE + 1, '0')
  return `${units < 0n ? '-' : ''}${digits.slice(0, -SCALE)}.${digits.slice(-SCALE)}`
}

const CENT = 10n ** 10n

/** To cents, the half away from zero, as invoices do. */
export function toCents(units) {
  const half = units < 0n ? -CENT / 2n : CENT / 2n
  return ((units + half) / CENT) * CENT
}
