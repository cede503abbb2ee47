import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestEngine, type TestEngine, type TestLine } from './chdb.test-helper'
import { elementsOfX } from './dimension.test-helper'
import { FOCUS_COLUMNS, FOCUS_DECIMAL_COLUMNS, FOCUS_DRAFT_COLUMNS, FOCUS_STRING_COLUMNS } from './focus-columns'
import { NATIVE_NAMES, nativeColumns } from './natives'

/** Every source of the grammar, and what it reads off a line. */
let engine: TestEngine
beforeAll(() => {
  engine = openTestEngine()
})
afterAll(() => engine.close())

/** The values of sources on one line, as one dimension's elements each. */
async function valuesOf({ sources, line }: { sources: readonly string[]; line: TestLine }): Promise<string[]> {
  const format = sources.map((_, index) => `{${index}}`).join('|')
  const x = `{DefaultValue: none, GroupBy: {Sources: ${JSON.stringify(sources)}, Format: "${format}"}}`
  const [element = ''] = await elementsOfX({ engine, x, lines: [line] })
  return element.split('|')
}

test('every FOCUS column of text by its own name', async () => {
  const line = Object.fromEntries(FOCUS_STRING_COLUMNS.map((name) => [name, `the ${name}`]))
  expect(await valuesOf({ sources: FOCUS_STRING_COLUMNS, line })).toEqual(
    FOCUS_STRING_COLUMNS.map((name) => `the ${name}`),
  )
})

test('every FOCUS column of numbers is its plain decimal text', async () => {
  const numbers = [
    '1.5',
    '-0.000000000000000001',
    '12345678901234567890',
    '0.1',
    '0',
    '-7',
    '100',
    '3.141592653589793238',
  ]
  const texts = FOCUS_DECIMAL_COLUMNS.map((_, index) => numbers[index % numbers.length] ?? '0')
  const line = Object.fromEntries(FOCUS_DECIMAL_COLUMNS.map((name, index) => [name, texts[index] ?? '0']))
  expect(await valuesOf({ sources: FOCUS_DECIMAL_COLUMNS, line })).toEqual(texts)
  const trailing = await valuesOf({ sources: ['BilledCost'], line: { BilledCost: '1.500' } })
  expect(trailing).toEqual(['1.5'])
})

test('a number that a line does not have is no value', async () => {
  expect(await valuesOf({ sources: ['PricingQuantity'], line: {} })).toEqual(['none'])
})

test('every FOCUS time in UTC, and the day of the charge', async () => {
  const line = {
    BillingPeriodStart: '2024-02-01 00:00:00',
    BillingPeriodEnd: '2024-03-01 00:00:00',
    ChargePeriodStart: '2024-02-29 23:00:00',
    ChargePeriodEnd: '2024-03-01 00:59:59',
  }
  const sources = ['BillingPeriodStart', 'BillingPeriodEnd', 'ChargePeriodStart', 'ChargePeriodEnd', 'UsageDay']
  expect(await valuesOf({ sources, line })).toEqual([
    '2024-02-01T00:00:00Z',
    '2024-03-01T00:00:00Z',
    '2024-02-29T23:00:00Z',
    '2024-03-01T00:59:59Z',
    '2024-02-29',
  ])
})

test('every column can be a source', () => {
  expect(FOCUS_COLUMNS).toHaveLength(66)
})

test('every native reads the first of its columns that has a value', async () => {
  for (const name of NATIVE_NAMES.filter((native) => native !== 'UsageDay')) {
    const columns = nativeColumns(name)
    for (const [index, column] of columns.entries()) {
      const line = Object.fromEntries(columns.slice(index).map((later) => [later, `the ${later}`]))
      expect(await valuesOf({ sources: [name], line }), name).toEqual([`the ${column}`])
    }
    expect(await valuesOf({ sources: [name], line: {} }), name).toEqual(['none'])
  }
})

test.each<[string, TestLine]>([
  ['Tag:team', { 'Tag:team': 'value' }],
  ['tag:a:b', { 'Tag:a:b': 'value' }],
  ["Tag:it's", { "Tag:it's": 'value' }],
  ['x_CostCenter', { x_CostCenter: 'value' }],
  ['X_TEAM', { X_TEAM: 'value' }],
  ['LineItemType', { x_LineItemType: 'value', ChargeCategory: 'Purchase' }],
  ['K8s:Cluster', { x_K8sCluster: 'value', 'Tag:aws:eks:cluster-name': 'other' }],
  ['K8s:Cluster', { 'Tag:aws:eks:cluster-name': 'value' }],
  ['K8s:Namespace', { x_K8sNamespace: 'value' }],
  ['K8s:Namespace', { 'Tag:aws:eks:namespace': 'value' }],
  ['K8s:Workload', { x_K8sWorkload: 'value' }],
  ['k8s_workload', { 'Tag:aws:eks:workload-name': 'value' }],
  ['K8s:Label:app', { 'x_K8sLabel:app': 'value' }],
  ['K8s:Label:chain.link/team', { 'x_K8sLabel:chain.link/team': 'value' }],
  ['CZ:Defined:Service', { ServiceName: 'value' }],
  ['CZ:Defined:ResourceType', { ResourceType: 'value' }],
  ...FOCUS_DRAFT_COLUMNS.map((name): [string, TestLine] => [name, { [`x_${name}`]: 'value' }]),
])('%s of %j', async (source, line) => {
  expect(await valuesOf({ sources: [source], line })).toEqual(['value'])
  expect(await valuesOf({ sources: [source], line: {} })).toEqual(['none'])
})
