import type { Source } from './source'
import { sqlString } from './sql-literal'
import type { Comparison, Condition, GroupByRule, GroupingDimension, Rule, SourceSet } from './tree'

/** The SQL of a source's value on a cost line, of type String; '' means that it has none. */
export type SourceColumn = (source: Source) => string

const NO_ELEMENT = "''"

/**
 * A Grouping dimension as one SQL expression of type String: the element of the first rule that matches, or else the
 * dimension's default; '' is no element. It holds for every line and never fails on one, regular expressions aside.
 */
export function compileDimension({
  dimension,
  column,
}: {
  dimension: GroupingDimension
  column: SourceColumn
}): string {
  if (dimension.disabled) return NO_ELEMENT
  const branches = dimension.rules.map((rule) => compileRule({ rule, column }))
  const otherwise = dimension.defaultValue === null ? NO_ELEMENT : sqlString(dimension.defaultValue)
  return branches.length === 0 ? otherwise : `multiIf(${branches.join(', ')}, ${otherwise})`
}

/** `condition, element` of a multiIf. */
function compileRule({ rule, column }: { rule: Rule; column: SourceColumn }): string {
  const conditions = rule.conditions.map((condition) => compileCondition({ condition, column }))
  switch (rule.type) {
    case 'Group':
      return `${joinAny(conditions)}, ${sqlString(rule.name.value)}`
    case 'GroupBy': {
      const present = sourceColumns({ sources: rule.sources, column }).map((value) => `${value} != ''`)
      const tests = conditions.length === 0 ? present : [...present, joinAny(conditions)]
      return `${joinAll(tests)}, ${compileFormat({ rule, column })}`
    }
    case 'Metadata':
      throw notBuilt(rule.type)
  }
}

function compileFormat({ rule, column }: { rule: GroupByRule; column: SourceColumn }): string {
  const values = sourceColumns({ sources: rule.sources, column })
  const parts = rule.format.map((part) => (typeof part === 'number' ? (values[part] ?? NO_ELEMENT) : sqlString(part)))
  const [only] = parts
  return only !== undefined && parts.length === 1 ? only : `concat(${parts.join(', ')})`
}

function compileCondition({ condition, column }: { condition: Condition; column: SourceColumn }): string {
  switch (condition.type) {
    case 'And':
    case 'Or':
    case 'Not': {
      const inner = condition.conditions.map((child) => compileCondition({ condition: child, column }))
      if (condition.type === 'And') return joinAll(inner)
      return condition.type === 'Or' ? joinAny(inner) : `NOT ${joinAny(inner)}`
    }
    case 'HasValue': {
      const operator = condition.expected ? '!=' : '='
      return joinAny(sourceColumns({ sources: condition.sources, column }).map((value) => `${value} ${operator} ''`))
    }
    case 'Before':
    case 'BeforeOrEquals':
    case 'After':
    case 'AfterOrEquals':
    case 'ForDateRange':
      throw notBuilt(condition.type)
    default:
      return joinAny(
        sourceColumns({ sources: condition.sources, column }).flatMap((value) =>
          compileComparison({ comparison: condition, value }),
        ),
      )
  }
}

/** Tests of one source, any of which is enough. Values are never empty, so that a source without one fails them all. */
function compileComparison({ comparison, value }: { comparison: Comparison; value: string }): string[] {
  const literals = comparison.values.map((text) => sqlString(text.value))
  switch (comparison.type) {
    case 'Equals':
      return [literals.length === 1 ? `${value} = ${literals.join()}` : `${value} IN (${literals.join(', ')})`]
    case 'Contains':
      return literals.map((literal) => `position(${value}, ${literal}) > 0`)
    case 'BeginsWith':
      return literals.map((literal) => `startsWith(${value}, ${literal})`)
    case 'EndsWith':
      return literals.map((literal) => `endsWith(${value}, ${literal})`)
    case 'Matches':
      // `.*` matches the empty text as well, which stands for no value.
      return literals.map((literal) => `(${value} != '' AND match(${value}, ${literal}))`)
  }
}

/** Parenthesised, because a column may be any expression. */
function sourceColumns({ sources, column }: { sources: SourceSet; column: SourceColumn }): string[] {
  if (sources.coalesce || sources.transforms.length > 0) throw notBuilt('CoalesceSources, Transforms')
  return sources.references.map(({ source }) => `(${column(source)})`)
}

function joinAny(tests: string[]): string {
  return tests.length === 0 ? 'false' : `(${tests.join(' OR ')})`
}

function joinAll(tests: string[]): string {
  return tests.length === 0 ? 'true' : `(${tests.join(' AND ')})`
}

/** The parser refuses these; a tree made by hand must not lose them silently. */
function notBuilt(what: string): Error {
  return new Error(`${what} is not built yet`)
}
