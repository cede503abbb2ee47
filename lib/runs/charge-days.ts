import { z } from 'zod'
import type { ChargeDay } from '../allocation/reach'
import { warehouse } from '../warehouse/client'

const row = z.object({ day: z.string(), last: z.string(), months: z.array(z.string()) })

/** Every day on which a cost line starts, in order. `where`: the lines that count, over cost_lines. */
export async function chargeDays(where: string): Promise<ChargeDay[]> {
  const { query } = await warehouse()
  return query({
    query: `SELECT toString(toDate(ChargePeriodStart)) AS day, toString(toDate(max(greatest(ChargePeriodEnd - 1, ChargePeriodStart)))) AS last,
        arrayMap(month -> toString(month), groupUniqArray(BillingMonth)) AS months
      FROM cost_lines WHERE ${where} GROUP BY day ORDER BY day`,
    schema: row,
  })
}
