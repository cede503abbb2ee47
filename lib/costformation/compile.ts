import { compileCondition, joinAll, joinAny, type LineColumns } from './compile-condition'
import { compileSources, normalized, type SourceColumn } from './compile-sources'
import { sqlString } from './sql-literal'
import type { Condition, GroupByRule, GroupingDimension, GroupRule, MetadataRule, Rule, Text } from './tree'

export type { SourceColumn } from './compile-sources'

const NO_ELEMENT = "''"

/** A test and the element of the lines that pass it, both SQL. */
interface Branch {
  test: string
  element: string
}

/**
 * A Grouping dimension as one SQL expression of type String: the element of the first rule that matches, or else the
 * dimension's default; '' is no element. It holds for every line and never fails on one, regular expressions aside.
 */
export function compileDimension({
  dimension,
  column,
  chargeStart = 'cs',
}: {
  dimension: GroupingDimension
  column: SourceColumn
  chargeStart?: string
}): string {
  if (dimension.disabled) return NO_ELEMENT
  const branches = compileRules({ rules: dimension.rules, columns: { column, chargeStart } })
  const otherwise = dimension.defaultValue === null ? NO_ELEMENT : sqlString(dimension.defaultValue)
  if (branches.length === 0) return otherwise
  return `multiIf(${branches.map(({ test, element }) => `${test}, ${element}`).join(', ')}, ${otherwise})`
}

/** Runs of Group rules that only look one value up become one look-up: thousands of them cost as much as one. */
function compileRules({ rules, columns }: { rules: Rule[]; columns: LineColumns }): Branch[] {
  const branches: Branch[] = []
  let run: LookUp[] = []
  const closeRun = () => {
    if (run.length > 0) branches.push(compileRun(run))
    run = []
  }
  for (const rule of rules) {
    const found = rule.type === 'Group' ? readLookUp({ rule, columns }) : null
    if (run[0]?.value !== found?.value) closeRun()
    if (found === null) branches.push(...compileRule({ rule, columns }))
    else run.push(found)
  }
  closeRun()
  return branches
}

/** A Group rule that asks whether one value is one of several texts. */
interface LookUp {
  value: string
  keys: Text[]
  element: Text
}

function readLookUp({ rule, columns }: { rule: GroupRule; columns: LineColumns }): LookUp | null {
  const values = new Set<string>()
  const keys: Text[] = []
  for (const condition of rule.conditions) {
    if (condition.type !== 'Equals') return null
    for (const value of compileSources({ sources: condition.sources, column: columns.column })) values.add(value)
    keys.push(...condition.values)
  }
  const [value] = values
  return value !== undefined && values.size === 1 && keys.length > 0 ? { value, keys, element: rule.name } : null
}

function compileRun(run: LookUp[]): Branch {
  // As literals, because two texts may be the same one to the engine.
  const elementByKey = new Map<string, string>()
  for (const { keys, element } of run) {
    for (const key of keys.map((text) => sqlString(text.value))) {
      if (!elementByKey.has(key)) elementByKey.set(key, sqlString(element.value))
    }
  }
  const [first] = run
  const value = first?.value ?? NO_ELEMENT
  const keys = [...elementByKey.keys()].join(', ')
  if (first !== undefined && run.length === 1) {
    return { test: `${value} IN (${keys})`, element: sqlString(first.element.value) }
  }
  const elements = [...elementByKey.values()].join(', ')
  const element = `transform(${value}, [${keys}], [${elements}], '')`
  return { test: `${element} != ''`, element }
}

function compileRule({ rule, columns }: { rule: Rule; columns: LineColumns }): Branch[] {
  const gate = compileGate({ conditions: rule.conditions, columns })
  switch (rule.type) {
    case 'Group':
      return [{ test: joinAll(gate), element: sqlString(rule.name.value) }]
    case 'GroupBy': {
      const values = compileSources({ sources: rule.sources, column: columns.column })
      const present = values.map((value) => `${value} != ''`)
      return [{ test: joinAll([...present, ...gate]), element: compileFormat({ rule, values }) }]
    }
    case 'Metadata':
      return compileMetadata({ rule, gate, columns })
  }
}

/** Nothing for a rule without conditions; otherwise one test, that any of them holds. */
function compileGate({ conditions, columns }: { conditions: Condition[]; columns: LineColumns }): string[] {
  if (conditions.length === 0) return []
  return [joinAny(conditions.map((condition) => compileCondition({ condition, columns })))]
}

function compileFormat({ rule, values }: { rule: GroupByRule; values: string[] }): string {
  const parts = rule.format.map((part) => (typeof part === 'number' ? (values[part] ?? NO_ELEMENT) : sqlString(part)))
  const [only] = parts
  return only !== undefined && parts.length === 1 ? only : `concat(${parts.join(', ')})`
}

/** The values in their order, each of them against every source. */
function compileMetadata(options: { rule: MetadataRule; gate: string[]; columns: LineColumns }): Branch[] {
  const { rule, gate, columns } = options
  const haystacks = compileSources({ sources: rule.sources, column: columns.column }).map(normalized)
  return rule.values.map(({ name, alternatives }) => {
    const found = haystacks.flatMap((haystack) =>
      alternatives.map(({ value }) => `position(${haystack}, ${normalized(sqlString(value))}) > 0`),
    )
    return { test: joinAll([joinAny(found), ...gate]), element: sqlString(name.value) }
  })
}
