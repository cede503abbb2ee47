import { z } from 'zod'
import { database } from '../../db/client'
import { warehouse } from '../../warehouse/client'
import { linesOfSql } from '../current-lines'

const countRow = z.object({ n: z.coerce.number() })
const monthRow = z.object({ month: z.string(), days: z.array(z.string()) })
const columnRow = z.object({ name: z.string() })

/**
 * Copies into an import the lines that count now for its source and months, those of the hours aside that it brings
 * itself: so it may then replace the month whole. Returns how many lines came along.
 */
export async function carryOtherHours({ id, source }: { id: string; source: string }): Promise<number> {
  const { prisma } = await database()
  const { query, command } = await warehouse()
  const columns = await query({
    query: `SELECT name FROM system.columns WHERE database = currentDatabase() AND table = 'cost_lines' AND name != 'ImportId' ORDER BY position`,
    schema: columnRow,
  })
  const names = columns.map(({ name }) => name).join(', ')
  let carried = 0
  const months = await query({
    query: `SELECT toString(BillingMonth) AS month, arrayMap(d -> toString(d), groupUniqArray(toDate(ChargePeriodStart))) AS days
      FROM cost_lines WHERE ImportId = {id:UUID} GROUP BY month ORDER BY month`,
    params: { id },
    schema: monthRow,
  })
  for (const { month, days } of months) {
    const key = { source, month: new Date(month) }
    const period = await prisma.costPeriod.findUnique({ where: { source_month: key } })
    const counted = linesOfSql((period?.importIds ?? []).map((importId) => ({ importId, month: key.month })))
    const brought = `SELECT DISTINCT toStartOfHour(ChargePeriodStart) FROM cost_lines WHERE ${linesOfSql([{ importId: id, month: key.month }])} AND toDate(ChargePeriodStart) IN (${days.map((day) => `toDate('${day}')`).join(', ')})`
    // Read before the copy: afterwards every hour is one that the import holds.
    const others = `${counted} AND toStartOfHour(ChargePeriodStart) NOT IN (${brought})`
    const [found] = await query({ query: `SELECT count() AS n FROM cost_lines WHERE ${others}`, schema: countRow })
    if (!found || found.n === 0) continue
    await command({
      query: `INSERT INTO cost_lines (ImportId, ${names}) SELECT toUUID('${id}'), ${names} FROM cost_lines WHERE ${others}`,
    })
    carried += found.n
  }
  return carried
}
