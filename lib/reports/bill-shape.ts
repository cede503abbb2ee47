import type { ShapeRow } from '../costs/digest/digest'
import { currentDigest } from '../costs/digest/read'

export type { ShapeRow } from '../costs/digest/digest'

/** What the bills hold, by day, billing month and currency. */
export async function billShape(): Promise<ShapeRow[]> {
  return (await currentDigest()).shape
}

/** The currencies of the rows, the one with most lines first. */
export function currenciesOf(rows: readonly Pick<ShapeRow, 'currency' | 'lines'>[]): string[] {
  const lines = new Map<string, number>()
  for (const row of rows) lines.set(row.currency, (lines.get(row.currency) ?? 0) + row.lines)
  return [...lines].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([currency]) => currency)
}
