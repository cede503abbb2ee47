import { z } from 'zod'
import { buildRelation, type RelationInput } from '../allocation/relation'
import type { ExplainPart, Explanation } from '../contract/allocations'
import type { StreamFilterKeys } from '../costformation/graph'
import type { FilterKey } from '../costformation/source'
import { sqlString } from '../costformation/sql-literal'
import type { Dimension } from '../costformation/tree'
import { plainDecimal } from '../decimal'
import { currentSplits } from '../runs/current-splits'
import { fromUnits, toUnits } from '../units'
import { warehouse } from '../warehouse/client'
import type { ExplainInput } from './explain'
import { type FixInput, fixesOf } from './fixes'
import { explorerLink, unallocatedLink } from './links'
import { dimensionsRead, splitDimensions, stepOf } from './steps'

const SHOWN_LINES = 5

const partRow = z.object({
  groups: z.array(z.string()),
  start: z.string(),
  end: z.string(),
  lines: z.coerce.number(),
  amount: z.string(),
  all_amount: z.string(),
  all_parts: z.coerce.number(),
})
type PartRow = z.infer<typeof partRow>

const lineRow = z.object({
  start: z.string(),
  groups: z.array(z.string()),
  cost: z.string(),
  lines: z.coerce.number(),
})

const LINE_COLUMNS: FilterKey[] = [
  { kind: 'column', name: 'ServiceName' },
  { kind: 'column', name: 'ResourceId' },
  { kind: 'column', name: 'ChargeDescription' },
]

function relationInput({ dimension, range, definition }: ExplainInput, splits: Splits): Omit<RelationInput, 'groupBy'> {
  return { definition, ...splits, target: dimension.id, filters: [], where: range.where }
}

type Splits = Awaited<ReturnType<typeof currentSplits>>

/** The element's rows by the splits that its rules read, the largest first. */
async function readParts(input: ExplainInput, splits: Splits, behind: readonly Dimension[]): Promise<PartRow[]> {
  const { query } = await warehouse()
  const relation = buildRelation({
    ...relationInput(input, splits),
    groupBy: behind.map(({ name }) => ({ kind: 'dimensionName', name })),
  })
  const groups = relation.groupColumns.map((column) => `r.${column}`)
  return query({
    query: `SELECT p.groups AS groups, p.start AS start, p.end AS end, p.lines AS lines, p.amount AS amount,
        sum(p.amount) OVER () AS all_amount, count() OVER () AS all_parts FROM (
        SELECT [${groups.join(', ')}]::Array(String) AS groups, min(r.cs) AS start, max(greatest(r.ce, r.cs + 1)) AS end,
          sum(r.line_count) AS lines, sum(r.${input.range.metric}) AS amount
        FROM (${relation.sql}) AS r WHERE r.element = ${sqlString(input.element ?? '')} GROUP BY groups
      ) AS p ORDER BY abs(p.amount) DESC, p.groups LIMIT ${input.shownParts}`,
    schema: partRow,
    immutable: true,
  })
}

/** The largest lines that are the element's by rules alone: what splits gave has its lines behind it. */
async function readOwnLines(input: ExplainInput, splits: Splits, behind: readonly Dimension[]) {
  const { query } = await warehouse()
  const dimensions = behind.map(({ name }): FilterKey => ({ kind: 'dimensionName', name }))
  const relation = buildRelation({
    ...relationInput(input, splits),
    groupBy: LINE_COLUMNS,
    filters: dimensions.map((key) => ({ key, values: [''], negate: false })),
  })
  return query({
    query: `SELECT r.cs AS start, [r.g0, r.g1, r.g2] AS groups, sum(r.${input.range.metric}) AS cost, sum(r.line_count) AS lines
      FROM (${relation.sql}) AS r WHERE r.element = ${sqlString(input.element ?? '')} GROUP BY start, groups
      ORDER BY abs(cost) DESC, start, groups LIMIT ${SHOWN_LINES}`,
    schema: lineRow,
    immutable: true,
  })
}

function unruled({ dimension, range }: ExplainInput, behind: readonly Dimension[]): FixInput {
  const { from, to, metric, currency } = range
  const splits = behind.map(({ id, name }) => ({ name, link: unallocatedLink({ id, from, to, metric, currency }) }))
  return { dimension, reason: 'not_in_dimension', stream: null, missing: [], elements: [], splits }
}

function partOf({
  row,
  input,
  behind,
  lines,
}: {
  row: PartRow
  input: ExplainInput
  behind: readonly Dimension[]
  lines: z.infer<typeof lineRow>[]
}): ExplainPart {
  const { dimension, element, range } = input
  const amount = toUnits(plainDecimal(row.amount))
  const elements = behind.map((split, index) => ({ split, element: row.groups[index] ?? '' }))
  const isOwn = elements.every((found) => found.element === '')
  const own = isOwn ? lines : []
  const cost = own.reduce((sum, line) => sum + toUnits(plainDecimal(line.cost)), 0n)
  const known = elements.filter((found) => found.element !== '')
  return {
    charge_period: { start: row.start, end: row.end },
    matched_on: Object.fromEntries(elements.map((found) => [`custom:${found.split.name}`, found.element || null])),
    cost: fromUnits(amount),
    lines: row.lines,
    reason: element === null ? 'not_in_dimension' : null,
    gap: null,
    ...{
      run_id: null,
      stream: null,
      driver: null,
      weight: '0',
      total_weight: '0',
      is_balance: false,
      ratio: null,
      shaping: [],
      handed_on: [],
    },
    amount: fromUnits(amount),
    arithmetic: `${fromUnits(amount)}, by the rules of ${dimension.name}`,
    ...{ records_match: true, records: [], records_rest: { records: 0, value: '0' } },
    ...{ values: [], values_rest: { values: 0, value: '0' } },
    steps: known.map(({ split, element: from }) =>
      stepOf({ dimension: split, element: from, amount, cost: amount, from: range.from, to: range.to, range }),
    ),
    steps_rest: [],
    top_lines: own.map(({ start, groups: [service = '', resource = '', description = ''], ...line }) => ({
      ...{ charge_period_start: start, service, resource, description },
      ...{ cost: plainDecimal(line.cost), lines: line.lines },
    })),
    lines_rest: {
      lines: row.lines - own.reduce((sum, line) => sum + line.lines, 0),
      cost: fromUnits(amount - cost),
    },
    lines_link: explorerLink({
      ...{ from: range.from, to: range.to, range },
      values: [
        [`custom:${dimension.name}`, element ?? ''],
        ...elements.map((found): [string, string] => [`custom:${found.split.name}`, found.element]),
      ],
    }),
    fixes: element === null ? fixesOf(unruled(input, behind)) : [],
  }
}

/** An amount that rules give: out of which splits it came, and what was the element's own. */
export async function explainRules(
  input: ExplainInput,
  filterKeys: StreamFilterKeys,
): Promise<Pick<Explanation, 'amount' | 'cost' | 'outcomes' | 'parts' | 'rest'>> {
  const { dimension, definition, element } = input
  const behind = splitDimensions({ ids: dimensionsRead(dimension), definition, filterKeys })
  const splits = await currentSplits()
  const rows = await readParts(input, splits, behind)
  const isOwn = (row: PartRow) => row.groups.every((group) => group === '')
  const lines = rows.some(isOwn) ? await readOwnLines(input, splits, behind) : []
  const parts = rows.map((row) => partOf({ row, input, behind, lines }))
  const amount = toUnits(plainDecimal(rows[0]?.all_amount ?? '0'))
  const shown = parts.reduce((sum, part) => sum + toUnits(part.amount), 0n)
  const count = rows[0]?.all_parts ?? 0
  const fixes = parts[0]?.fixes ?? []
  return {
    amount: fromUnits(amount),
    cost: fromUnits(amount),
    outcomes:
      count === 0
        ? []
        : [
            {
              reason: element === null ? 'not_in_dimension' : null,
              gap: null,
              parts: count,
              amount: fromUnits(amount),
              fixes,
            },
          ],
    parts,
    rest: { parts: count - parts.length, amount: fromUnits(amount - shown) },
  }
}
