import { type CbfRow, USAGE_START } from './read-row'

/** The UTC hour that a row starts in: `2024-08-16T13`. */
const hourOf = (row: CbfRow): string => (row.get(USAGE_START) ?? '').slice(0, 13)

/** Those deliveries of a month, in the order in which they came, that a later replace_drop has not taken away. */
export function standingDeliveries<T extends { operation: string }>(deliveries: readonly T[]): T[] {
  return deliveries.slice(
    Math.max(
      0,
      deliveries.findLastIndex(({ operation }) => operation === 'replace_drop'),
    ),
  )
}

/**
 * The rows of a month after its deliveries: sum adds, replace_hourly takes the place of what starts in the hours that it
 * brings. `read` gives a delivery's rows, one delivery at a time.
 */
export async function* standingRows<T extends { operation: string }>({
  deliveries,
  read,
}: {
  deliveries: readonly T[]
  read: (delivery: T) => Promise<CbfRow[]>
}): AsyncGenerator<CbfRow> {
  const standing = standingDeliveries(deliveries)
  const hoursOf = new Map<T, Set<string>>()
  for (const delivery of standing) {
    if (delivery.operation !== 'replace_hourly') continue
    hoursOf.set(delivery, new Set((await read(delivery)).map(hourOf)))
  }
  for (const [index, delivery] of standing.entries()) {
    const later = standing.slice(index + 1).flatMap((other) => hoursOf.get(other) ?? [])
    for (const row of await read(delivery)) {
      if (!later.some((hours) => hours.has(hourOf(row)))) yield row
    }
  }
}
