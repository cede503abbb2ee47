import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { linesSql, openTestEngine, type TestEngine, type TestLine } from './chdb.test-helper'
import { compileDimension } from './compile'
import { evaluate, type Properties } from './evaluate.test-helper'
import { dependencyOrder } from './graph'
import { parseDefinition } from './parse'
import { type Source, sourceSql } from './source'

/**
 * Random documents, given to the parser and the engine, and to an interpreter that shares nothing with them: both must
 * give every line the same one element. Values come from a small alphabet, so that rules do match.
 */
let engine: TestEngine
beforeAll(async () => {
  engine = openTestEngine()
  await engine.execute(`CREATE TABLE cost_lines ENGINE = Memory AS SELECT * FROM ${linesSql(LINES)}`)
})
afterAll(() => engine.close())

const HOSTILE = ["'; DROP TABLE cost_lines; --", '__proto__', 'a\nb', 'a\0b', '{0}', '🦄', 'שלום‏', '%s', '\\N']
const VALUES = ['a', 'ab', 'b', 'A', 'aba', "'", '\\', "b'\\", ' a/b ', 'É-b', ...HOSTILE]
const STARTS = ['2024-02-28 23:59:59', '2024-02-29 00:00:00', '2024-02-29 12:00:00', '2024-03-01 00:00:00']
const COSTS = ['1', '-0.000000000000000001', '12345678901234567', '0.1']
/** All that can be an id; the last ones are names of what every object has. */
const IDS = ['D0', 'D-É', '__proto__', 'constructor']

const LINES: TestLine[] = ['', ...VALUES].flatMap((left, row) =>
  ['', 'a', "b'\\", '🦄'].map((right, index) => ({
    ServiceName: left,
    'Tag:t': right,
    "Tag:it's": right === 'a' ? left : '',
    x_a: left === 'b' ? '' : right,
    x_K8sNamespace: index === 1 ? left : '',
    'Tag:aws:eks:namespace': right,
    ChargePeriodStart: STARTS[(row + index) % STARTS.length] ?? '',
    EffectiveCost: COSTS[(row * 3 + index) % COSTS.length] ?? '0',
  })),
)

const value = fc.constantFrom(...VALUES)
const one = <T>(...options: T[]) => fc.constantFrom(...options)
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.array(arbitrary, { minLength: 1, maxLength: 3 })
const maybe = <T>(name: string, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<Properties> =>
  fc.option(arbitrary, { nil: undefined, freq: 2 }).map((found) => (found === undefined ? {} : { [name]: found }))
const merged = (...parts: fc.Arbitrary<Properties>[]): fc.Arbitrary<Properties> =>
  fc.tuple(...parts).map((found) => Object.assign({}, ...found))

const anyTransforms = some(
  fc.oneof(
    one('Lower', 'Upper', 'Title', 'Trim', 'Clean', 'Normalize').map((Type): Properties => ({ Type })),
    fc
      .tuple(one('a', '/', "'", '🦄', '-'), one(1, 2, -1))
      .map(([Delimiter, Index]): Properties => ({ Type: 'Split', Delimiter, Index })),
  ),
)

/** A dimension may use those before it only. */
function ownSources(index: number): fc.Arbitrary<Properties> {
  const earlier = IDS.slice(0, index).map((id) => `User:Defined:${id}`)
  const source = one('Service', 'Tag:t', "Tag:it's", 'x_a', 'K8s:Namespace', 'UsageDay', ...earlier)
  const named = fc.oneof(
    source.map((Source): Properties => ({ Source })),
    some(source).map((Sources): Properties => ({ Sources })),
  )
  return merged(named, maybe('CoalesceSources', fc.boolean()), maybe('Transforms', anyTransforms))
}

const changedSources = merged(maybe('CoalesceSources', fc.boolean()), maybe('Transforms', anyTransforms))

function anySources(index: number): fc.Arbitrary<Properties> {
  return fc.oneof(fc.constant({}), changedSources, ownSources(index))
}

const date = one('2024-02-28', '2024-02-29', '2024-03-01', '2024-02-29T12:00:00Z')
const range = one<Properties>(
  { From: '2024-02-29' },
  { Until: '2024-02-29' },
  { From: '2024-02-29', Until: '2024-02-29T12:00:00Z' },
).map((ForDateRange): Properties => ({ ForDateRange }))
const order = one('Before', 'BeforeOrEquals', 'After', 'AfterOrEquals')

function anyConditions(index: number, depth = 2): fc.Arbitrary<Properties[]> {
  const operator = one('Equals', 'Equals', 'Contains', 'BeginsWith', 'EndsWith')
  const operation = fc.oneof(
    fc.tuple(operator, fc.oneof(value, some(value))).map(([name, operand]): Properties => ({ [name]: operand })),
    fc.tuple(order, fc.oneof(value, date)).map(([name, operand]): Properties => ({ [name]: operand })),
    one('^a', '^[ab]*$', "'$", 'B|b.', '.').map((Matches): Properties => ({ Matches })),
    fc.boolean().map((HasValue): Properties => ({ HasValue })),
  )
  const leaf = fc.oneof({ arbitrary: merged(anySources(index), operation), weight: 6 }, { arbitrary: range, weight: 1 })
  if (depth === 0) return some(leaf)
  const junction = fc
    .tuple(one('And', 'Or', 'Not'), anyConditions(index, depth - 1))
    .map(([name, list]): Properties => ({ [name]: list }))
  return some(fc.oneof(leaf, merged(anySources(index), junction)))
}

function anyRules(index: number): fc.Arbitrary<Properties> {
  const conditions = anyConditions(index)
  const sources = anySources(index)
  const group = merged(
    fc.record({ Type: one('Group'), Name: one('a', 'E1', ...HOSTILE), Conditions: conditions }),
    sources,
  )
  const lookUp = fc.record({ Type: one('Group'), Name: value, Conditions: some(value.map((Equals) => ({ Equals }))) })
  const groupBy = merged(fc.constant({ Type: 'GroupBy' }), maybe('Conditions', conditions), sources)
  const alternatives = fc.tuple(value, some(value)).map((entry) => Object.fromEntries([entry]))
  const metadata = merged(
    fc.record({ Type: one('Metadata'), Values: some(fc.oneof(value, alternatives)) }),
    maybe('Conditions', conditions),
    maybe('Format', one('<{0}>', '{0}{0}')),
    sources,
  )
  const groups = fc
    .array(fc.tuple(value, conditions), { minLength: 1, maxLength: 3 })
    .map((entries): Properties => ({ Groups: Object.fromEntries(entries) }))
  return fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .array(fc.oneof(group, lookUp, groupBy, metadata), { minLength: 1, maxLength: 5 })
        .map((Rules): Properties => ({ Rules })),
    },
    { weight: 1, arbitrary: groups },
    {
      weight: 1,
      arbitrary: merged(maybe('Conditions', conditions), ownSources(index)).map((GroupBy): Properties => ({ GroupBy })),
    },
  )
}

function anyDimension(index: number): fc.Arbitrary<Properties> {
  return merged(
    ownSources(index),
    anyRules(index),
    maybe('DefaultValue', value),
    one<Properties>({}, {}, {}, { Disable: true }, { Hide: true }),
  )
}

const anyDocument = fc
  .tuple(...IDS.map((_, index) => anyDimension(index)))
  .map((dimensions) => dimensions.map((dimension, index): [string, Properties] => [IDS[index] ?? '', dimension]))

test('every line gets exactly the element that the rules say, and the elements add up to the bill', async () => {
  const property = fc.asyncProperty(anyDocument, async (dimensions) => {
    const { definition, errors } = parseDefinition(stringify({ Dimensions: Object.fromEntries(dimensions) }))
    expect(errors).toEqual([])
    if (definition === null) return
    expect(dependencyOrder(definition)).toHaveLength(IDS.length)
    const column = (source: Source) => sourceSql(source, { dimensionColumn: (id) => `dim_${IDS.indexOf(id)}` })
    // One subquery a level, as the columns of earlier dimensions are there for later ones.
    const from = definition.dimensions.reduce((inner, dimension, index) => {
      if (dimension.type !== 'Grouping') return inner
      return `(SELECT *, ${compileDimension({ dimension, column })} AS dim_${index} FROM ${inner})`
    }, 'cost_lines')
    const columns = IDS.map((_, index) => `dim_${index}`)
    const rows = await engine.rows(`SELECT ${columns.join(', ')} FROM ${from} ORDER BY line`)
    expect(rows).toEqual(LINES.map((line) => evaluate(dimensions, line)))
    const sums = columns.map((name) => `arraySum(sumMap([${name}], [assumeNotNull(EffectiveCost)]).2)`)
    const [totals] = await engine.rows(`SELECT ${sums.join(', ')}, sum(EffectiveCost) FROM ${from}`)
    expect(new Set(totals).size).toBe(1)
  })
  // Shrinking asks the engine hundreds of times: what was found by then is shown.
  await fc.assert(property, { numRuns: 60, interruptAfterTimeLimit: 90_000 })
}, 120_000)
