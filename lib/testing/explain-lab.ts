import { expect } from 'vitest'
import { GET as getExplanation } from '@/app/api/v1/allocations/[dimension]/explain/route'
import { GET as getCosts } from '@/app/api/v1/costs/route'
import { type Explanation, explanation } from '../contract/allocations'
import { fromUnits, toUnits } from '../units'
import { type LabLine, type LabRecord, loadBill, saveYaml, send, settled } from './allocation-lab'
import { call } from './workspace'

export const SHARED = { 'custom:Shared': 'Lake' }
export const GROUPS = `
  Shared: {Name: Shared, Groups: {Lake: [{Source: Service, Equals: RDS}], Net: [{Source: Service, Equals: VPC}]}}`
export const line = (at: string, cost: string, more: Partial<LabLine> = {}): LabLine => ({
  at,
  cost,
  service: 'RDS',
  ...more,
})

interface Case {
  lines: LabLine[]
  yaml: string
  streams: Record<string, { granularity: 'HOURLY' | 'DAILY'; records: LabRecord[] }>
}

let cases = 0
/** What the streams of the last case have behind their names. */
export const caseNumber = () => cases

/** One case after the other in one workspace; `writes` in the definition becomes a stream of the case's own. */
export async function loadCase({ lines, yaml, streams }: Case): Promise<void> {
  cases++
  await saveYaml(yaml.replaceAll(/Streams: \[(\w+)\]/g, `Streams: [$1-${cases}]`))
  await loadBill(lines)
  for (const [name, { granularity, records }] of Object.entries(streams)) {
    await send(`${name}-${cases}`, granularity, records)
  }
  await settled()
}

/** Asks for an explanation; whatever it is of, parts and rest come to the amount, and each part's steps fit it. */
export async function explain(
  dimension: string,
  query: { element?: string; from?: string; to?: string; period?: string; granularity?: string; parts?: string } = {},
): Promise<Explanation> {
  const { element, ...plain } = query
  const search = new URLSearchParams({
    ...{ from: '2024-07-01', to: '2024-11-01', granularity: 'total', currency: 'USD', metric: 'EffectiveCost' },
    ...plain,
    ...(element === undefined ? {} : { element }),
  })
  const { status, text, body } = await call(getExplanation, `/api/v1/allocations/x/explain?${search}`, {
    params: { dimension },
  })
  expect(status, text).toBe(200)
  const found = explanation.parse(body)
  for (const part of found.parts.slice(0, 3))
    if (isLinked(part, dimension)) expect(await linkedCost(part)).toBe(part.cost)
  const sum = found.parts.reduce((all, part) => all + toUnits(part.amount), toUnits(found.rest.amount))
  expect(fromUnits(sum)).toBe(found.amount)
  if (found.rest.parts === 0) expect(found.rest.amount).toBe('0')
  const outcomes = found.outcomes.reduce((all, outcome) => all + toUnits(outcome.amount), 0n)
  expect(fromUnits(outcomes)).toBe(found.amount)
  for (const part of found.parts) {
    const lines = part.top_lines.reduce((all, { cost }) => all + toUnits(cost), toUnits(part.lines_rest.cost))
    expect(fromUnits(lines)).toBe(part.cost)
    for (const { value, batches, batches_rest: rest } of part.records) {
      const made = batches.reduce((all, batch) => all + toUnits(batch.value), toUnits(rest.value))
      expect(fromUnits(made)).toBe(value)
    }
    if (part.handed_on.length > 0) {
      expect(fromUnits(part.handed_on.reduce((all, pool) => all + toUnits(pool.amount), 0n))).toBe(part.amount)
    }
    if (part.ratio && element !== undefined) expect(part.arithmetic.endsWith(` = ${part.amount}`)).toBe(true)
  }
  return found
}

/** Where no filter says which lines a rule's pool is made of, the link shows the element's own share of them. */
const isLinked = ({ run_id: run, lines_link: link, is_balance }: Explanation['parts'][number], dimension: string) =>
  run !== null &&
  !is_balance &&
  !new URLSearchParams(link.split('?')[1]).getAll('filter').some((text) => text.startsWith(`custom:${dimension}=`))

/** What the explorer shows behind a part's link: as much as the part's lines cost. */
export async function linkedCost({ lines_link: link }: Explanation['parts'][number]): Promise<string> {
  const { searchParams } = new URL(link, 'http://localhost')
  searchParams.delete('group')
  searchParams.set('granularity', 'total')
  const { status, text, body } = await call(getCosts, `/api/v1/costs?${searchParams}`)
  expect(status, text).toBe(200)
  return String(body.total)
}

/** The first, largest part. */
export async function largest(...asked: Parameters<typeof explain>) {
  const [part] = (await explain(...asked)).parts
  if (!part) throw new Error('there is no part')
  return part
}

export const follow = async (query: string): Promise<Explanation> => {
  const { pathname, searchParams } = new URL(query, 'http://localhost')
  const dimension = decodeURIComponent(pathname.split('/')[4] ?? '')
  const { status, text, body } = await call(getExplanation, `${pathname}?${searchParams}`, { params: { dimension } })
  expect(status, text).toBe(200)
  return explanation.parse(body)
}
