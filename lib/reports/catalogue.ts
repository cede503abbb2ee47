import { z } from 'zod'
import type { Catalogue } from '../contract/costs'
import { canonicalFilterKey } from '../costformation/source'
import { currentLinesSql } from '../costs/current-lines'
import { currentDefinition } from '../definitions/current'
import { warehouse } from '../warehouse/client'
import { knownValues } from './known-values'

const span = z.object({
  lines: z.coerce.number(),
  first: z.string(),
  last: z.string(),
  currencies: z.array(z.string()),
})
const tagRow = z.object({ key: z.string(), values: z.coerce.number(), examples: z.array(z.string()) })

/** Columns that people cut cost by; every other FOCUS column can be named too. */
const COLUMNS: { key: string; label: string }[] = [
  { key: 'service', label: 'Service' },
  { key: 'account', label: 'Account' },
  { key: 'region', label: 'Region' },
  { key: 'ServiceCategory', label: 'Service category' },
  { key: 'CloudProvider', label: 'Cloud provider' },
  { key: 'ChargeCategory', label: 'Charge category' },
  { key: 'resource', label: 'Resource' },
  { key: 'ResourceType', label: 'Resource type' },
]

const EXAMPLES = 5

async function describeKey({
  key,
  label,
  kind,
  last = null,
}: {
  key: string
  label: string
  kind: 'dimension' | 'column'
  /** The value that says least: a dimension's default. */
  last?: string | null
}) {
  const values = await knownValues(key)
  const telling = values.filter((value) => value !== last)
  const examples = (telling.length > 0 ? telling : values).slice(0, EXAMPLES)
  return { key, label, kind, values: values.length, examples }
}

/** What stands in the bills: their span, and every key that a stream, a filter or a grouping may name. */
export async function readCatalogue(): Promise<Catalogue> {
  const { query } = await warehouse()
  const where = await currentLinesSql()
  const [total] = await query({
    query: `SELECT count() AS lines, toString(min(toDate(ChargePeriodStart))) AS first, toString(max(toDate(ChargePeriodStart))) AS last,
      groupUniqArray(BillingCurrency) AS currencies FROM cost_lines WHERE ${where}`,
    schema: span,
  })
  const tags = await query({
    query: `SELECT key, uniqExact(value) AS values, arraySlice(arraySort(groupUniqArray(${EXAMPLES * 4})(value)), 1, ${EXAMPLES}) AS examples
      FROM (SELECT arrayJoin(Tags) AS tag, toString(tag.1) AS key, tag.2 AS value FROM cost_lines WHERE ${where})
      WHERE key != '' AND value != '' GROUP BY key ORDER BY count() DESC LIMIT 500`,
    schema: tagRow,
  })
  const { definition } = await currentDefinition()
  const keys: Catalogue['keys'] = []
  for (const dimension of definition.dimensions) {
    if (!dimension.disabled)
      keys.push(
        await describeKey({
          key: `custom:${dimension.name}`,
          label: dimension.name,
          kind: 'dimension',
          last: dimension.defaultValue,
        }),
      )
  }
  for (const column of COLUMNS)
    keys.push(await describeKey({ key: canonicalFilterKey(column.key), label: column.label, kind: 'column' }))
  for (const tag of tags)
    keys.push({ key: `tag:${tag.key}`, label: tag.key, kind: 'tag', values: tag.values, examples: tag.examples })
  const lines = total?.lines ?? 0
  return {
    lines,
    first_day: lines > 0 ? (total?.first ?? null) : null,
    last_day: lines > 0 ? (total?.last ?? null) : null,
    currencies: (total?.currencies ?? []).filter((currency) => currency !== '').sort(),
    keys: keys.filter((key) => key.kind !== 'column' || key.values > 0),
  }
}
