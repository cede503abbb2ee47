import type { TestLine } from './chdb.test-helper'

/**
 * CostFormation once more, slowly and one line at a time, over the plain document: it shares nothing with the parser,
 * the tree or the SQL. It knows the sources that the property tests use.
 */
export type Properties = Record<string, unknown>

type Read = (source: string) => string

interface Sources {
  names: string[]
  coalesce: boolean
  transforms: Properties[]
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value])
const textsOf = (value: unknown): string[] => listOf(value).map(String)

function sourcesOf(level: Properties, outer: Sources): Sources {
  const names = level.Source ?? level.Sources
  const transforms = level.Transforms as Properties[] | undefined
  const coalesce = level.CoalesceSources as boolean | undefined
  if (names !== undefined) return { names: textsOf(names), coalesce: coalesce ?? false, transforms: transforms ?? [] }
  return { names: outer.names, coalesce: coalesce ?? outer.coalesce, transforms: transforms ?? outer.transforms }
}

const trim = (text: string) => text.replace(/^[ \t\n\r\v\f]+|[ \t\n\r\v\f]+$/g, '')
const dashes = (text: string) => text.replace(/[ .,/#!$%^&*;:=_`~()']/g, '-')
const title = (text: string) =>
  text.replace(/[\p{L}\p{N}]+/gu, (word) => {
    const [first = '', ...rest] = word
    return first.toUpperCase() + rest.join('').toLowerCase()
  })

function transformed(text: string, { Type, Delimiter, Index }: Properties): string {
  switch (Type) {
    case 'Lower':
      return text.toLowerCase()
    case 'Upper':
      return text.toUpperCase()
    case 'Title':
      return title(text)
    case 'Trim':
      return trim(text)
    case 'Clean':
      return dashes(trim(text))
    case 'Normalize':
      return dashes(trim(text)).toLowerCase()
    default:
      return text.split(String(Delimiter)).at(Number(Index) > 0 ? Number(Index) - 1 : Number(Index)) ?? ''
  }
}

function valuesOf({ names, coalesce, transforms }: Sources, read: Read): string[] {
  const values = names.map(read)
  const chosen = coalesce ? [values.find((value) => value !== '') ?? ''] : values
  return chosen.map((value) => transforms.reduce(transformed, value))
}

const bytes = (text: string) => Buffer.from(text)

/** Of two ISO texts: a day is as long as it is, so that only the start of the text counts. */
function orderOfDates(start: string, date: string): number {
  const shown = start.slice(0, date.length)
  return shown < date ? -1 : Number(shown > date)
}

function inOrder(operator: string, order: number): boolean {
  if (operator === 'Before') return order < 0
  if (operator === 'BeforeOrEquals') return order <= 0
  return operator === 'After' ? order > 0 : order >= 0
}

function compares(operator: string, value: string, operand: string): boolean {
  switch (operator) {
    case 'Equals':
      return value === operand
    case 'Contains':
      return value.includes(operand)
    case 'BeginsWith':
      return value.startsWith(operand)
    case 'EndsWith':
      return value.endsWith(operand)
    case 'Matches':
      return new RegExp(operand, 'su').test(value)
    default:
      return inOrder(operator, Buffer.compare(bytes(value), bytes(operand)))
  }
}

const JUNCTIONS: Record<string, (results: boolean[]) => boolean> = {
  And: (results) => results.every(Boolean),
  Or: (results) => results.some(Boolean),
  Not: (results) => !results.some(Boolean),
}
const SOURCE_PROPERTIES = ['Source', 'Sources', 'CoalesceSources', 'Transforms']

function holds(condition: Properties, outer: Sources, read: Read): boolean {
  const sources = sourcesOf(condition, outer)
  const [operator = '', operand] = Object.entries(condition).find(([name]) => !SOURCE_PROPERTIES.includes(name)) ?? []
  const junction = JUNCTIONS[operator]
  if (junction) return junction((operand as Properties[]).map((inner) => holds(inner, sources, read)))
  const start = read('ChargePeriodStart')
  if (operator === 'ForDateRange') {
    const { From, Until } = operand as Properties
    if (From !== undefined && orderOfDates(start, String(From)) < 0) return false
    return Until === undefined || orderOfDates(start, String(Until)) <= 0
  }
  if (sources.names.length === 0) return inOrder(operator, orderOfDates(start, String(operand)))
  const values = valuesOf(sources, read)
  if (operator === 'HasValue') return values.some((value) => (value !== '') === operand)
  return values.some((value) => value !== '' && textsOf(operand).some((text) => compares(operator, value, text)))
}

const format = (text: unknown, values: string[]) =>
  String(text ?? values.map((_, index) => `{${index}}`).join(' ')).replace(/\{(\d+)\}/g, (_, n) => values[n] ?? '')

function elementOfRule(rule: Properties, outer: Sources, read: Read): string | null {
  const sources = sourcesOf(rule, outer)
  const conditions = (rule.Conditions ?? []) as Properties[]
  if (conditions.length > 0 && !conditions.some((condition) => holds(condition, sources, read))) return null
  if (rule.Type === 'Group') return String(rule.Name)
  const values = valuesOf(sources, read)
  if (rule.Type === 'GroupBy') return values.includes('') ? null : format(rule.Format, values)
  const plain = (text: string) => dashes(text).toLowerCase()
  for (const value of rule.Values as unknown[]) {
    const named = typeof value === 'object' && value !== null ? Object.entries(value) : [[value, []]]
    for (const [name, alternatives] of named) {
      const wanted = [String(name), ...textsOf(alternatives)].map(plain)
      if (values.some((found) => wanted.some((text) => plain(found).includes(text)))) {
        return format(rule.Format, [String(name)])
      }
    }
  }
  return null
}

function rulesOf(dimension: Properties): Properties[] {
  if (dimension.Groups) {
    return Object.entries(dimension.Groups).map(([Name, Conditions]) => ({ Type: 'Group', Name, Conditions }))
  }
  if (dimension.GroupBy) return [{ Type: 'GroupBy', ...(dimension.GroupBy as Properties) }]
  return dimension.Rules as Properties[]
}

function readLine(line: TestLine, elements: ReadonlyMap<string, string>): Read {
  return (source) => {
    const id = /^User:Defined:(.*)$/s.exec(source)?.[1]
    if (id !== undefined) return elements.get(id) ?? ''
    const start = line.ChargePeriodStart ?? ''
    if (source === 'ChargePeriodStart') return `${start.replace(' ', 'T')}Z`
    if (source === 'UsageDay') return start.slice(0, 10)
    if (source === 'Service') return line.ServiceName ?? ''
    if (source === 'K8s:Namespace') return line.x_K8sNamespace || line['Tag:aws:eks:namespace'] || ''
    return line[source] ?? ''
  }
}

/** The elements that Grouping dimensions, each after those it uses, give to one line. */
export function evaluate(dimensions: [string, Properties][], line: TestLine): string[] {
  const elements = new Map<string, string>()
  const read = readLine(line, elements)
  for (const [id, dimension] of dimensions) {
    const sources = sourcesOf(dimension, { names: [], coalesce: false, transforms: [] })
    const found = rulesOf(dimension).map((rule) => elementOfRule(rule, sources, read))
    const element = found.find((candidate) => candidate !== null) ?? String(dimension.DefaultValue ?? '')
    elements.set(id, dimension.Disable === true ? '' : element)
  }
  return dimensions.map(([id]) => elements.get(id) ?? '')
}
