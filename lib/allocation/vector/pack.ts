/**
 * Whole numbers side by side in one: a row of a linear system becomes one bigint, and row × factor + row two operations
 * instead of hundreds. A slot has `width` bits, and nothing may grow beyond it; slot 0 is the lowest.
 */
export function pack(values: readonly bigint[], width: number): bigint {
  let level = values
  for (let bits = width; level.length > 1; bits *= 2) {
    const shift = BigInt(bits)
    const half: bigint[] = []
    for (let index = 0; index < level.length; index += 2) {
      half.push(((level[index + 1] ?? 0n) << shift) | (level[index] ?? 0n))
    }
    level = half
  }
  return level[0] ?? 0n
}

export function unpack(packed: bigint, width: number, count: number): bigint[] {
  if (count <= 1) return [packed].slice(0, count)
  const half = Math.ceil(count / 2)
  const low = unpack(BigInt.asUintN(width * half, packed), width, half)
  return low.concat(unpack(packed >> BigInt(width * half), width, count - half))
}

export function readSlot(packed: bigint, width: number, index: number): bigint {
  return BigInt.asUintN(width * (index + 1), packed) >> BigInt(width * index)
}

export function inSlot(value: bigint, width: number, index: number): bigint {
  return value << BigInt(width * index)
}
