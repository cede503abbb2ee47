const SCALE = 18
const ONE = 10n ** BigInt(SCALE)

/** A plain decimal of at most 18 fractional digits as a whole number of 10^-18. Throws a RangeError on any other text. */
export function toUnits(text: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d{1,18}))?$/.exec(text)
  if (!match) throw new RangeError(`not a plain decimal of at most ${SCALE} fractional digits: ${text}`)
  const [, sign = '', integer = '0', fraction = ''] = match
  const units = BigInt(integer + fraction.padEnd(SCALE, '0'))
  return sign === '-' ? -units : units
}

/** The plain decimal of a number of 10^-18, without superfluous zeros. */
export function fromUnits(units: bigint): string {
  const absolute = units < 0n ? -units : units
  const fraction = (absolute % ONE).toString().padStart(SCALE, '0').replace(/0+$/, '')
  return `${units < 0n ? '-' : ''}${absolute / ONE}${fraction ? `.${fraction}` : ''}`
}
