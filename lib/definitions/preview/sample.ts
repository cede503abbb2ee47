import { z } from 'zod'
import { buildRelation } from '../../allocation/relation'
import type { PlanStream } from '../../allocation/split-plan'
import type { CellsInForce } from '../../allocation/split-relation'
import type { PreviewLine, previewLinesRequest } from '../../contract/definition-preview'
import { sourceSql } from '../../costformation/source'
import { sqlString } from '../../costformation/sql-literal'
import type { Definition } from '../../costformation/tree'
import { currentLinesSql } from '../../costs/current-lines'
import { plainDecimal } from '../../decimal'
import { AppError } from '../../errors'
import { cellsInForce } from '../../runs/cells-in-force'
import { withTrial } from '../../runs/trial'
import { warehouse } from '../../warehouse/client'
import { currentDefinition } from '../current'
import { planStreams } from '../streams'
import { requireValid } from '../validate'
import { elementLinesSql } from './groups-sql'
import { neededFor, planPreview } from './plan'
import { eachSlice, previewScope } from './scope'

const line = z.object({
  day: z.string(),
  service: z.string(),
  account: z.string(),
  region: z.string(),
  resource: z.string(),
  description: z.string(),
  tags: z.record(z.string(), z.string()),
  cost: z.string(),
})

const SAMPLE = 5

type Input = z.infer<typeof previewLinesRequest>

interface Wanted {
  input: Input
  definition: Definition
  streams: ReadonlyMap<string, PlanStream>
}

const NATIVES = { service: 'Service', account: 'Account', region: 'Region', resource: 'Resource' } as const
const NO_TAGS = "CAST(map(), 'Map(String, String)')"

/** Lines as they stand in the bill. */
function wholeLinesSql({ input, definition, streams, where }: Wanted & { where: string }): string {
  const ids = [input.dimension]
  const side = { definition, needed: neededFor({ definition, ids, streams }) }
  const natives = Object.entries(NATIVES).map(
    ([column, name]) => `${sourceSql({ kind: 'native', name }, { dimensionColumn: () => "''" })} AS ${column}`,
  )
  return `SELECT toString(toDate(ChargePeriodStart)) AS day, ${natives.join(', ')}, ChargeDescription AS description,
      CAST(Tags, 'Map(String, String)') AS tags, ifNull(${input.metric}, 0) AS cost
    FROM (${elementLinesSql({ side, id: input.dimension, where })}) WHERE element = ${sqlString(input.element ?? '')}
    ORDER BY abs(cost) DESC, ImportId, LineNumber LIMIT ${SAMPLE}`
}

/** Of a split the shares of equal lines: a line of its own has no element. */
function sharesSql({ input, definition, streams, where, cells }: Wanted & { where: string; cells: CellsInForce }) {
  const relation = buildRelation({
    definition,
    streams,
    cells,
    target: input.dimension,
    groupBy: Object.values(NATIVES).map((name) => ({ kind: 'native', name })),
    filters: [],
    where,
  })
  const natives = Object.keys(NATIVES).map((column, index) => `r.${relation.groupColumns[index]} AS ${column}`)
  return `SELECT toString(toDate(r.cs)) AS day, ${natives.join(', ')}, '' AS description, ${NO_TAGS} AS tags, r.${input.metric} AS cost
    FROM (${relation.sql}) AS r WHERE r.element = ${sqlString(input.element ?? '')} ORDER BY abs(cost) DESC, day LIMIT ${SAMPLE}`
}

/** Up to five lines that have an element, now or after: the largest of the first days that have some. */
export async function samplePreviewLines({
  input,
  signal,
}: {
  input: Input
  signal: AbortSignal
}): Promise<{ lines: PreviewLine[] }> {
  const { definition: after } = await requireValid(input.yaml)
  const { definition: now } = await currentDefinition()
  const definition = input.side === 'now' ? now : after
  const streams = await planStreams()
  const planned = planPreview({ now, after, streams }).find(({ dimension }) => dimension.id === input.dimension)
  if (!planned) throw new AppError('not_found', `Neither definition has a dimension "${input.dimension}".`)
  const isThere = input.side === 'now' ? planned.inNow : planned.inAfter
  if (!isThere && planned.allocated) return { lines: [] }
  const scope = await previewScope(input)
  const { query } = await warehouse()
  const current = await currentLinesSql()
  const inForce = await cellsInForce()
  const lines: PreviewLine[] = []
  await eachSlice({
    scope,
    signal,
    run: async (where, days) => {
      const wanted = { input, definition, streams, where }
      const shares = (cells: CellsInForce) => query({ query: sharesSql({ ...wanted, cells }), schema: line })
      const trial = { definition, streams, ids: [input.dimension], days, where: current, signal }
      const rows = !planned.allocated
        ? await query({ query: wholeLinesSql(wanted), schema: line })
        : await (input.side === 'now' ? shares(inForce) : withTrial(trial, shares))
      lines.push(...rows.map((row) => ({ ...row, cost: plainDecimal(row.cost) })))
      return lines.length >= SAMPLE ? 'enough' : undefined
    },
  })
  return { lines: lines.slice(0, SAMPLE) }
}
