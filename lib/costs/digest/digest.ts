import { z } from 'zod'

/** Columns whose values a digest tells beside those of the tags: what people cut cost by. */
export const DIGEST_COLUMNS = {
  ServiceName: 'ServiceName',
  SubAccountId: "if(SubAccountId != '', SubAccountId, BillingAccountId)",
  RegionId: "if(RegionId != '', RegionId, RegionName)",
  ServiceCategory: 'ServiceCategory',
  ServiceProviderName: "if(ServiceProviderName != '', ServiceProviderName, ProviderName)",
  ChargeCategory: 'ChargeCategory',
  ResourceId: 'ResourceId',
  ResourceType: 'ResourceType',
} as const
export type DigestColumn = keyof typeof DIGEST_COLUMNS

const shapeRow = z.object({
  day: z.string(),
  month: z.string(),
  currency: z.string(),
  lines: z.coerce.number(),
  /** Lines whose cost of that kind is not zero. */
  effective: z.coerce.number(),
  billed: z.coerce.number(),
})
const keyRow = z.object({
  month: z.string(),
  key: z.string(),
  lines: z.coerce.number(),
  /** Different ones, about. */
  values: z.coerce.number(),
  examples: z.array(z.string()),
})

/** What stands in the lines of an import, so that nobody has to read all of them to know it. */
export const importDigest = z.object({
  shape: z.array(shapeRow),
  tags: z.array(keyRow),
  attributes: z.array(keyRow),
  columns: z.array(keyRow),
})
export type ImportDigest = z.infer<typeof importDigest>
export type ShapeRow = z.infer<typeof shapeRow>
export type KeyRow = z.infer<typeof keyRow>

/** As many keys of one map, and as many values of a key, are noted. */
const MAX_KEYS = 2000
const EXAMPLES = 20
/** A longer key or example is left out. */
const MAX_BYTES = 1000

type Query = <T extends z.ZodType>(input: { query: string; schema: T }) => Promise<z.infer<T>[]>

const isShown = (text: string) => `length(${text}) <= ${MAX_BYTES}`
const examplesOf = (value: string, test = isShown(value)) =>
  `arraySort(groupUniqArrayIf(${EXAMPLES})(toString(${value}), ${test}))`

async function mapKeys({ query, where, column }: { query: Query; where: string; column: 'Tags' | 'Attributes' }) {
  return query({
    query: `SELECT toString(BillingMonth) AS month, toString(pair.1) AS key, count() AS lines, uniq(pair.2) AS values, ${examplesOf('pair.2')} AS examples
      FROM (SELECT BillingMonth, arrayJoin(${column}) AS pair FROM cost_lines WHERE ${where} AND notEmpty(${column}))
      WHERE pair.1 != '' AND pair.2 != '' AND ${isShown('pair.1')} GROUP BY month, key ORDER BY lines DESC, key LIMIT ${MAX_KEYS}`,
    schema: keyRow,
  })
}

const columnsRow = z.object({
  month: z.string(),
  columns: z.array(z.tuple([z.string(), z.coerce.number(), z.coerce.number(), z.array(z.string())])),
})

async function columnKeys({ query, where }: { query: Query; where: string }): Promise<KeyRow[]> {
  const told = Object.entries(DIGEST_COLUMNS).map(
    ([name, sql]) =>
      `('${name}', countIf(${sql} != ''), uniqIf(${sql}, ${sql} != ''), ${examplesOf(sql, `${sql} != '' AND ${isShown(sql)}`)})`,
  )
  const rows = await query({
    query: `SELECT toString(BillingMonth) AS month, [${told.join(', ')}] AS columns FROM cost_lines WHERE ${where} GROUP BY month`,
    schema: columnsRow,
  })
  return rows.flatMap(({ month, columns }) =>
    columns
      .filter(([, lines]) => lines > 0)
      .map(([key, lines, values, examples]) => ({ month, key, lines, values, examples })),
  )
}

/** The digest of the lines that a WHERE over cost_lines names, asked of the engine that holds them. */
export async function digestLines({ query, where }: { query: Query; where: string }): Promise<ImportDigest> {
  return {
    shape: await query({
      query: `SELECT toString(toDate(ChargePeriodStart)) AS day, toString(BillingMonth) AS month, toString(BillingCurrency) AS currency, count() AS lines,
          countIf(EffectiveCost != 0) AS effective, countIf(BilledCost != 0) AS billed
        FROM cost_lines WHERE ${where} GROUP BY day, month, currency ORDER BY day, month, currency`,
      schema: shapeRow,
    }),
    tags: await mapKeys({ query, where, column: 'Tags' }),
    attributes: await mapKeys({ query, where, column: 'Attributes' }),
    columns: await columnKeys({ query, where }),
  }
}

/** The billing months, with how many lines they hold. */
export function monthsOfDigest(digest: ImportDigest): { month: string; rows: number }[] {
  const rows = new Map<string, number>()
  for (const { month, lines } of digest.shape) rows.set(month, (rows.get(month) ?? 0) + lines)
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([month, count]) => ({ month, rows: count }))
}

/** Keys of several months as one: lines add up, of the values the month with most tells how many there are. */
export function mergeKeys(rows: readonly KeyRow[]): Omit<KeyRow, 'month'>[] {
  const merged = new Map<string, Omit<KeyRow, 'month'>>()
  for (const { key, lines, values, examples } of rows) {
    const known = merged.get(key)
    const all = [...new Set([...(known?.examples ?? []), ...examples])].sort()
    merged.set(key, {
      key,
      lines: lines + (known?.lines ?? 0),
      values: Math.max(values, known?.values ?? 0, all.length),
      examples: all.slice(0, EXAMPLES),
    })
  }
  return [...merged.values()].sort((a, b) => b.lines - a.lines || (a.key < b.key ? -1 : 1))
}
