import type { ShapeRow } from './bill-shape'

/** Lines that one statement reads: it bounds how long the embedded engine is held, which serves one at a time. */
const LINES_A_STATEMENT = 4_000_000
/** A slice that gives more rows is not carried home: the engine adds them up, however long it takes. */
const ROWS_A_STATEMENT = 20_000

/**
 * The days of bills in ranges of few enough lines, as tests over cost_lines that each line passes once; '1' where one
 * statement does. `rows`: of the lines that are read at least.
 */
export function lineSlices(
  rows: readonly Pick<ShapeRow, 'day' | 'lines'>[],
  linesAStatement = LINES_A_STATEMENT,
): string[] {
  const lines = new Map<string, number>()
  for (const row of rows) lines.set(row.day, (lines.get(row.day) ?? 0) + row.lines)
  const starts: string[] = []
  let open = 0
  for (const [day, count] of [...lines].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (starts.length === 0 || open + count > linesAStatement) {
      starts.push(day)
      open = 0
    }
    open += count
  }
  const day = (text: string) => `toDate('${text}')`
  return starts.map((start, index) => {
    const end = starts[index + 1]
    const tests = [
      ...(index > 0 ? [`toDate(ChargePeriodStart) >= ${day(start)}`] : []),
      ...(end === undefined ? [] : [`toDate(ChargePeriodStart) < ${day(end)}`]),
    ]
    return tests.length > 0 ? tests.join(' AND ') : '1'
  })
}

/** The rows of every slice; null where there is but one, or a slice gives so many that they have to be added up where they are. */
export async function readSlices<Row>({
  slices,
  read,
}: {
  slices: readonly string[]
  read: (input: { slice: string; limit: number }) => Promise<Row[]>
}): Promise<Row[] | null> {
  if (slices.length < 2) return null
  const all: Row[] = []
  for (const slice of slices) {
    const rows = await read({ slice, limit: ROWS_A_STATEMENT + 1 })
    if (rows.length > ROWS_A_STATEMENT) return null
    all.push(...rows)
  }
  return all
}
