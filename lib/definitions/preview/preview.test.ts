import { Decimal } from 'decimal.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { POST as previewLines } from '@/app/api/v1/costformation/preview/lines/route'
import { POST as preview } from '@/app/api/v1/costformation/preview/route'
import { PUT as putDefinition } from '@/app/api/v1/costformation/route'
import { POST as sumRecords } from '@/app/unit-cost/v1/telemetry/allocation/[stream]/sum/route'
import type { DefinitionPreview, PreviewDimension, PreviewLine } from '../../contract/definition-preview'
import { type BillLine, focusCsv, importBill } from '../../testing/bills'
import { call, eventually, useWorkspace } from '../../testing/workspace'

const SERVICES = ['Amazon RDS', 'Amazon EC2', 'Amazon S3', '']
const OWNERS = ['email', 'messaging', '', "o'hare\\", '中文']

/** 400 lines of September, and one of October, which is not full. */
const LINES: BillLine[] = [
  ...Array.from({ length: 400 }, (_, index) => {
    const day = String((index % 30) + 1).padStart(2, '0')
    const next = index % 30 === 29 ? '2024-10-01' : `2024-09-${String((index % 30) + 2).padStart(2, '0')}`
    const cost = `${index % 7 === 0 ? '-' : ''}${index}.${String(index * 7919).padStart(12, '0')}`
    return {
      BilledCost: cost,
      EffectiveCost: cost,
      ServiceName: SERVICES[index % SERVICES.length] ?? '',
      ResourceId: `arn:${index % 50}`,
      SubAccountId: `account-${index % 3}`,
      ChargePeriodStart: `2024-09-${day}T00:00:00Z`,
      ChargePeriodEnd: `${next}T00:00:00Z`,
      Tags: JSON.stringify({ owner: OWNERS[index % OWNERS.length] }),
    }
  }),
  {
    BilledCost: '1000000',
    EffectiveCost: '1000000',
    BillingPeriodStart: '2024-10-01T00:00:00Z',
    ChargePeriodStart: '2024-10-02T00:00:00Z',
    ChargePeriodEnd: '2024-10-03T00:00:00Z',
  },
]
const TOTAL = LINES.slice(0, 400).reduce((sum, line) => sum.plus(line.EffectiveCost ?? 0), new Decimal(0))

const group = (name: string, service: string) =>
  `{Type: Group, Name: ${name}, Conditions: [{Source: Service, Equals: ${service}}]}`
const definition = ({
  tier = group('Database', 'Amazon RDS'),
  split = '',
  product = '',
}: {
  tier?: string
  split?: string
  product?: string
}) => `Dimensions:
  Tier:
    Rules:
      - ${tier}
      - ${group('Compute', 'Amazon EC2')}
  Owner:
    DefaultValue: Nobody
    Rules: [{Type: GroupBy, Source: "Tag:owner"}]
${product}
${split}`
const PRODUCT = `  Product:
    DefaultValue: Other
    Rules: [{Type: GroupBy, Sources: ["User:Defined:Tier", "Tag:owner"], Format: "{0}/{1}"}]`
const SPLIT = `  Split:
    Type: Allocation
    AllocateByStreams: {Streams: [writes]}`

const ask = async (body: object): Promise<DefinitionPreview> => {
  const answer = await call(preview, '/x', { method: 'POST', body: JSON.stringify(body) })
  expect(answer.status, answer.text).toBe(200)
  return answer.body as unknown as DefinitionPreview
}

function sums({ elements, others }: PreviewDimension) {
  const add = (side: 'now' | 'after') =>
    [...elements, ...(others ? [others] : [])]
      .reduce((sum, element) => sum.plus(element[side]), new Decimal(0))
      .toFixed()
  return { now: add('now'), after: add('after') }
}

const dimensionOf = (answer: DefinitionPreview, id: string): PreviewDimension => {
  const found = answer.dimensions.find((dimension) => dimension.id === id)
  if (!found) throw new Error(`no ${id} in ${answer.dimensions.map((dimension) => dimension.id)}`)
  return found
}

describe('the preview of a definition', () => {
  useWorkspace()

  beforeAll(async () => {
    expect(await importBill(focusCsv(LINES))).toMatchObject({ status: 'completed', rows_accepted: 401 })
    const saved = await call(putDefinition, '/x', {
      method: 'PUT',
      body: definition({ product: PRODUCT }),
    })
    expect(saved.status, saved.text).toBe(200)
  })

  it('looks at the last full month, and finds nothing in what stays as it is', async () => {
    const answer = await ask({ yaml: `# a comment\n${definition({ product: PRODUCT })}` })
    expect(answer).toMatchObject({ from: '2024-09-01', to: '2024-10-01', lines: 400, dimensions: [], unchanged: 3 })
    expect(answer.total).toBe(TOTAL.toFixed())
  })

  it('shows each element now and after, and what uses it; every sum is the bill', async () => {
    const answer = await ask({ yaml: definition({ tier: group('Data', 'Amazon S3'), product: PRODUCT }) })
    expect(answer.dimensions.map(({ id, change }) => `${id} ${change}`)).toEqual(['Tier changed', 'Product affected'])
    for (const dimension of answer.dimensions) {
      expect(sums(dimension)).toEqual({ now: TOTAL.toFixed(), after: TOTAL.toFixed() })
    }
    const { elements, moved } = dimensionOf(answer, 'Tier')
    expect(elements[0]).toMatchObject({ element: null, reason: 'not_in_dimension', lines_now: 200, lines_after: 200 })
    expect(
      elements
        .slice(1)
        .map(({ element }) => element)
        .sort(),
    ).toEqual(['Compute', 'Data', 'Database'])
    const database = elements.find(({ element }) => element === 'Database')
    expect(database).toMatchObject({ after: '0', lines_now: 100, lines_after: 0 })
    expect(new Decimal(database?.now ?? 0).negated().toFixed()).toBe(database?.difference)
    expect(moved?.lines).toBe(200)
  })

  it('takes in a dimension that comes, goes, or is disabled', async () => {
    const added = await ask({
      yaml: `${definition({ product: PRODUCT })}\n  New: {Rules: [{Type: GroupBy, Source: Account}]}`,
    })
    expect(dimensionOf(added, 'New').change).toBe('added')
    expect(dimensionOf(added, 'New').elements).toHaveLength(4)
    expect(sums(dimensionOf(added, 'New')).after).toBe(TOTAL.toFixed())
    const removed = await ask({ yaml: definition({}) })
    expect(dimensionOf(removed, 'Product').change).toBe('removed')
    expect(sums(dimensionOf(removed, 'Product'))).toEqual({ now: TOTAL.toFixed(), after: TOTAL.toFixed() })
    const disabled = await ask({
      yaml: definition({ product: PRODUCT.replace('Product:', 'Product:\n    Disable: true') }),
    })
    expect(dimensionOf(disabled, 'Product').elements.find(({ element }) => element === null)?.lines_after).toBe(400)
  })

  it('answers for one dimension that does not change, another range and metric', async () => {
    const answer = await ask({
      yaml: definition({ product: PRODUCT }),
      dimension: 'Owner',
      from: '2024-09-10',
      to: '2024-09-12',
      metric: 'BilledCost',
    })
    expect(answer).toMatchObject({ lines: 27, metric: 'BilledCost' })
    const owner = dimensionOf(answer, 'Owner')
    expect(owner.change).toBe('same')
    expect(sums(owner).after).toBe(answer.total)
    expect(owner.moved).toEqual({ cost: '0', lines: 0 })
  })

  it('adds up what a split gives, and what lies outside of its pool', async () => {
    const records = ['Email', 'Chat'].map((element_name, index) => ({
      timestamp: '2024-09-01T00:00:00Z',
      granularity: 'MONTHLY',
      filter: { 'custom:Tier': ['Database'] },
      element_name,
      value: index + 1,
    }))
    const sent = await call(sumRecords, '/x', {
      method: 'POST',
      params: { stream: 'writes' },
      body: JSON.stringify({ records }),
    })
    expect(sent.status, sent.text).toBe(200)
    const answer = await eventually(
      () => ask({ yaml: definition({ product: PRODUCT, split: SPLIT }) }),
      (found) => dimensionOf(found, 'Split').elements.some(({ element }) => element === 'Email'),
    )
    const split = dimensionOf(answer, 'Split')
    expect(split).toMatchObject({ allocated: true, moved: null, change: 'added' })
    expect(sums(split).after).toBe(TOTAL.toFixed())
    expect(split.elements[0]).toMatchObject({
      element: null,
      reason: 'outside_the_pool',
      lines_now: 400,
      lines_after: 300,
    })
  })

  it('refuses a definition that is not right, at its place', async () => {
    const answer = await call(preview, '/x', { method: 'POST', body: JSON.stringify({ yaml: 'Dimensions:\n  A: 3' }) })
    expect(answer.status).toBe(422)
    expect(answer.body.invalid_params).toMatchObject([{ line: 2 }])
  })

  it('shows lines of an element, and lines without one', async () => {
    const lines = async (body: object) => {
      const answer = await call(previewLines, '/x', {
        method: 'POST',
        body: JSON.stringify({ yaml: definition({ tier: group('Data', 'Amazon S3') }), ...body }),
      })
      expect(answer.status, answer.text).toBe(200)
      return answer.body.lines as PreviewLine[]
    }
    const after = await lines({ dimension: 'Tier', element: 'Data' })
    expect(after).toHaveLength(5)
    expect(after.every(({ service }) => service === 'Amazon S3')).toBe(true)
    const now = await lines({ dimension: 'Tier', element: 'Database', side: 'now' })
    expect(now[0]).toMatchObject({ service: 'Amazon RDS', region: '' })
    expect(Object.keys(now[0]?.tags ?? {})).toEqual(['owner'])
    const none = await lines({ dimension: 'Tier', element: null })
    expect(new Set(none.map(({ service }) => service))).toEqual(new Set(['Amazon RDS', '']))
    expect(await lines({ dimension: 'Owner', element: "o'hare\\" })).toHaveLength(5)
  })
})
