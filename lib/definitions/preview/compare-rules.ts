import { z } from 'zod'
import { warehouse } from '../../warehouse/client'
import { type Comparison, comparisonSql, distinctSql, largestSql } from './groups-sql'
import { eachSlice, type PreviewScope } from './scope'
import { type Elements, elementsOfLargest, LISTED, Tally } from './tally'

const pairRow = z.object({
  dimension: z.coerce.number(),
  now: z.string(),
  after: z.string(),
  cost: z.string(),
  lines: z.coerce.number(),
})
const largestRow = z.object({
  element: z.string(),
  cost_now: z.string(),
  cost_after: z.string(),
  lines_now: z.coerce.number(),
  lines_after: z.coerce.number(),
  elements: z.coerce.number(),
  moved_cost: z.string(),
  moved_lines: z.coerce.number(),
})

const shareRow = z.object({ share: z.coerce.number() })

/** Lines that are looked at to see how many are equal; so many are grouped without looking. */
const SAMPLE_LINES = 50_000

/** Grouping costs more than the rules themselves where more of the lines than this differ. */
const TOO_DISTINCT = 0.3

/** Whether grouping pays, judged by some lines of the fullest day. */
async function isWorthGrouping({
  scope,
  ...comparison
}: Omit<Comparison, 'where' | 'grouped'> & { scope: PreviewScope }) {
  const [fullest] = [...scope.days].sort((a, b) => b.lines - a.lines)
  if (!fullest || fullest.lines < SAMPLE_LINES) return true
  const nth = Math.ceil(fullest.lines / SAMPLE_LINES)
  const where = `${scope.whereOf(fullest.day, fullest.day)} AND LineNumber % ${nth} = 0`
  const { query } = await warehouse()
  const [row] = await query({ query: distinctSql({ ...comparison, where }), schema: shareRow })
  return (row?.share ?? 0) <= TOO_DISTINCT
}

/** A slice that gives more pairs of elements is not carried home: the engine ranks them. */
const MAX_PAIRS = 50_000

export interface RuleComparison extends Omit<Comparison, 'where' | 'grouped'> {
  scope: PreviewScope
  total: () => Promise<{ cost: string; lines: number }>
  signal: AbortSignal
}

async function rankInEngine({
  id,
  total,
  scope,
  ...comparison
}: Omit<RuleComparison, 'ids' | 'signal'> & { id: string }): Promise<Elements> {
  const { query } = await warehouse()
  const rows = await query({
    query: largestSql({ comparison: { ...comparison, ids: [id], where: scope.where, grouped: true }, limit: LISTED }),
    schema: largestRow,
  })
  const [first] = rows
  return elementsOfLargest({
    largest: rows.map(({ cost_now, cost_after, ...row }) => ({ ...row, now: cost_now, after: cost_after })),
    total: await total(),
    count: first?.elements ?? 0,
    moved: { cost: first?.moved_cost ?? '0', lines: first?.moved_lines ?? 0 },
  })
}

/** Elements now and after of dimensions that no split reaches, in the order of ids. Gives up when the asker has gone. */
export async function compareRules(input: RuleComparison): Promise<Elements[]> {
  const { signal, ids, ...rest } = input
  const { scope, total, ...comparison } = rest
  const { query } = await warehouse()
  const tallies = ids.map(() => new Tally())
  const grouped = await isWorthGrouping({ ...comparison, ids, scope })
  let tooMany = false
  await eachSlice({
    scope,
    signal,
    run: async (where) => {
      const rows = await query({
        query: `${comparisonSql({ ...comparison, ids, where, grouped })} LIMIT ${MAX_PAIRS + 1}`,
        schema: pairRow,
      })
      tooMany = rows.length > MAX_PAIRS
      if (tooMany) return 'enough'
      for (const row of rows) tallies[row.dimension]?.addPair(row)
    },
  })
  if (!tooMany) return tallies.map((tally) => tally.result())
  const ranked: Elements[] = []
  for (const id of ids) ranked.push(await rankInEngine({ ...rest, id }))
  return ranked
}
