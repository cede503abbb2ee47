import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { linesSql, openTestEngine, type TestEngine, type TestLine } from './chdb.test-helper'
import { compileDimension } from './compile'
import { dependencyOrder } from './graph'
import { parseDefinition } from './parse'
import { type Source, sourceSql } from './source'
import type { Comparison, Condition, Dimension, GroupingDimension, Rule, SourceSet } from './tree'

/**
 * Random definitions, given to the engine and to a plain interpreter of the tree: both must give every line the same
 * one element. Values come from a small alphabet, so that rules do match.
 */
let engine: TestEngine
beforeAll(async () => {
  engine = openTestEngine()
  await engine.execute(`CREATE TABLE cost_lines ENGINE = Memory AS SELECT * FROM ${linesSql(LINES)}`)
})
afterAll(() => engine.close())

const VALUES = ['a', 'ab', 'b', 'A', 'aba', "'", '\\', "b'\\"]
const IDS = ['D0', 'D1', 'D2', 'D3']
const LINES: TestLine[] = ['', ...VALUES].flatMap((left) =>
  ['', 'a', "b'\\"].map((right) => ({ ServiceName: left, 'Tag:t': right, x_a: left === 'b' ? '' : right })),
)

/** A dimension may use those before it only. */
function anySources(index: number): fc.Arbitrary<Record<string, unknown>> {
  const earlier = IDS.slice(0, index).map((id) => `User:Defined:${id}`)
  const source = fc.constantFrom('Service', 'Tag:t', 'x_a', 'Account', ...earlier)
  return fc.oneof(
    fc.constant({}),
    source.map((Source) => ({ Source })),
    fc.array(source, { minLength: 1, maxLength: 3 }).map((Sources) => ({ Sources })),
  )
}

function anyConditions(index: number, depth = 2): fc.Arbitrary<unknown[]> {
  const value = fc.constantFrom(...VALUES)
  const values = fc.oneof(value, fc.array(value, { minLength: 1, maxLength: 3 }))
  const operator = fc.constantFrom('Equals', 'Contains', 'BeginsWith', 'EndsWith')
  const leaf = fc.oneof(
    fc.tuple(operator, values).map(([name, operand]) => ({ [name]: operand })),
    fc.constantFrom('^a', '^[ab]*$', "'$", 'B|b.').map((Matches) => ({ Matches })),
    fc.boolean().map((HasValue) => ({ HasValue })),
  )
  const junction = fc.constantFrom('And', 'Or', 'Not')
  const inner =
    depth === 0
      ? leaf
      : fc.oneof(
          leaf,
          fc.tuple(junction, anyConditions(index, depth - 1)).map(([name, list]) => ({ [name]: list })),
        )
  const condition = fc.tuple(anySources(index), inner).map(([sources, operation]) => ({ ...sources, ...operation }))
  return fc.array(condition, { minLength: 1, maxLength: 3 })
}

function anyDimension(index: number): fc.Arbitrary<Record<string, unknown>> {
  const group = fc
    .tuple(fc.constantFrom('a', 'E1', "E'2"), anySources(index), anyConditions(index))
    .map(([Name, sources, Conditions]) => ({ Type: 'Group', Name, ...sources, Conditions }))
  const groupBy = fc
    .tuple(anySources(index), fc.option(anyConditions(index), { nil: undefined }))
    .map(([sources, Conditions]) => ({ Type: 'GroupBy', ...sources, ...(Conditions && { Conditions }) }))
  return fc
    .tuple(
      fc.array(fc.oneof(group, groupBy), { minLength: 1, maxLength: 4 }),
      fc.constantFrom({}, { DefaultValue: 'rest' }, { DefaultValue: 'a' }),
      fc.constantFrom({}, {}, {}, {}, { Disable: true }),
    )
    .map(([Rules, defaults, disable]) => ({ Source: 'Service', ...defaults, ...disable, Rules }))
}

const anyDefinition = fc.tuple(...IDS.map((_, index) => anyDimension(index))).map((dimensions) => ({
  Dimensions: Object.fromEntries(dimensions.map((dimension, index) => [IDS[index], dimension])),
}))

type ReadValue = (source: Source) => string

const valuesOf = (sources: SourceSet, read: ReadValue) => sources.references.map(({ source }) => read(source))

function compares({ type, value, operand }: { type: Comparison['type']; value: string; operand: string }): boolean {
  switch (type) {
    case 'Equals':
      return value === operand
    case 'Contains':
      return value.includes(operand)
    case 'BeginsWith':
      return value.startsWith(operand)
    case 'EndsWith':
      return value.endsWith(operand)
    case 'Matches':
      return new RegExp(operand).test(value)
  }
}

function holds(condition: Condition, read: ReadValue): boolean {
  const inner = (child: Condition) => holds(child, read)
  switch (condition.type) {
    case 'And':
      return condition.conditions.every(inner)
    case 'Or':
      return condition.conditions.some(inner)
    case 'Not':
      return !condition.conditions.some(inner)
    case 'HasValue':
      return valuesOf(condition.sources, read).some((value) => (value !== '') === condition.expected)
    case 'Before':
    case 'BeforeOrEquals':
    case 'After':
    case 'AfterOrEquals':
    case 'ForDateRange':
      throw new Error(condition.type)
    default:
      return valuesOf(condition.sources, read).some(
        (value) =>
          value !== '' &&
          condition.values.some((operand) => compares({ type: condition.type, value, operand: operand.value })),
      )
  }
}

function elementOfRule(rule: Rule, read: ReadValue): string | null {
  const matches = rule.conditions.length === 0 || rule.conditions.some((condition) => holds(condition, read))
  if (!matches) return null
  if (rule.type === 'Group') return rule.name.value
  const values = valuesOf(rule.sources, read)
  return values.includes('') ? null : values.join(' ')
}

function elementOf(dimension: GroupingDimension, read: ReadValue): string {
  if (dimension.disabled) return ''
  for (const rule of dimension.rules) {
    const element = elementOfRule(rule, read)
    if (element !== null) return element
  }
  return dimension.defaultValue ?? ''
}

/** The elements of one line by dimension id. */
function interpret(dimensions: GroupingDimension[], line: TestLine): string[] {
  const found = new Map<string, string>()
  const read: ReadValue = (source) => {
    if (source.kind === 'dimension') return found.get(source.id) ?? ''
    if (source.kind === 'tag') return line[`Tag:${source.key}`] ?? ''
    if (source.kind === 'attribute') return line[source.key] ?? ''
    return source.name === 'Service' ? (line.ServiceName ?? '') : ''
  }
  return dimensions.map((dimension) => {
    const element = elementOf(dimension, read)
    found.set(dimension.id, element)
    return element
  })
}

const isGrouping = (dimension: Dimension): dimension is GroupingDimension => dimension.type === 'Grouping'

test('every line gets exactly the element that the rules say', async () => {
  const property = fc.asyncProperty(anyDefinition, async (document) => {
    const { definition, errors } = parseDefinition(stringify(document))
    expect(errors).toEqual([])
    const dimensions = definition?.dimensions.filter(isGrouping) ?? []
    expect(definition && dependencyOrder(definition)).toHaveLength(IDS.length)
    const column = (source: Source) => sourceSql(source, { dimensionColumn: (id) => `dim_${id}` })
    // One subquery a level, as the columns of earlier dimensions are there for later ones.
    const from = dimensions.reduce(
      (inner, dimension) =>
        `(SELECT *, ${compileDimension({ dimension, column })} AS dim_${dimension.id} FROM ${inner})`,
      'cost_lines',
    )
    const rows = await engine.rows(`SELECT ${IDS.map((id) => `dim_${id}`).join(', ')} FROM ${from} ORDER BY line`)
    expect(rows).toEqual(LINES.map((line) => interpret(dimensions, line)))
  })
  await fc.assert(property, { numRuns: 50 })
})
