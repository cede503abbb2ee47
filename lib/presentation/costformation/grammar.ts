/** What stands where in a CostFormation document, for completion and for the form (reference: CloudZero, CostFormation). */

export type Position =
  | 'root'
  | 'dimensions'
  | 'dimension'
  | 'rule'
  | 'groupBy'
  | 'condition'
  | 'dateRange'
  | 'transform'
  | 'streams'
  | 'allocationRules'
  | 'spend'
  | 'across'
  | 'rate'
  | 'cutoff'
  | 'metadataValue'

export type ValueKind =
  | { kind: 'text' }
  | { kind: 'flag' }
  | { kind: 'enum'; values: readonly string[] }
  | { kind: 'source' }
  /** What a source of the condition can have. */
  | { kind: 'values' }
  | { kind: 'stream' }
  | { kind: 'map'; position: Position }

export interface Property {
  value: ValueKind
  /** One value, a list of them, or either. */
  list: 'one' | 'list' | 'either'
  hint: string
}

const one = (value: ValueKind, hint: string): Property => ({ value, list: 'one', hint })
const list = (value: ValueKind, hint: string): Property => ({ value, list: 'list', hint })
const either = (value: ValueKind, hint: string): Property => ({ value, list: 'either', hint })
const map = (position: Position): ValueKind => ({ kind: 'map', position })
const TEXT: ValueKind = { kind: 'text' }
const FLAG: ValueKind = { kind: 'flag' }
const oneOf = (...values: string[]): ValueKind => ({ kind: 'enum', values })

const SOURCES: Record<string, Property> = {
  Source: one({ kind: 'source' }, 'what is read off a cost line'),
  Sources: list({ kind: 'source' }, 'several sources'),
  CoalesceSources: one(FLAG, 'the first source that has a value'),
  Transforms: list(map('transform'), 'done to each value'),
}
const conditions = (hint: string) => list(map('condition'), hint)
const COMPARED = ['Equals', 'Contains', 'BeginsWith', 'EndsWith', 'Matches'] as const
const HINTS = {
  Equals: 'is one of the values',
  Contains: 'has the text in it',
  BeginsWith: 'begins with the text',
  EndsWith: 'ends with the text',
  Matches: 'a regular expression (RE2)',
}

export const GRAMMAR: Record<Position, Record<string, Property>> = {
  root: { Dimensions: one(map('dimensions'), 'dimensions by their ids') },
  dimensions: {},
  dimension: {
    Name: one(TEXT, 'as people see it'),
    Type: one(oneOf('Grouping', 'Allocation'), 'Grouping by rules, or Allocation of a shared cost'),
    DefaultValue: one(TEXT, 'the element of lines that no rule matches'),
    ...SOURCES,
    Rules: list(map('rule'), 'the first that matches gives the element'),
    Groups: list(map('rule'), 'short for Group rules'),
    GroupBy: one(map('groupBy'), 'short for one GroupBy rule'),
    AllocateByStreams: one(map('streams'), 'split by telemetry'),
    AllocateByRules: one(map('allocationRules'), 'split by rules'),
    Child: either({ kind: 'source' }, 'the next level down'),
    Hide: one(FLAG, 'left out of lists'),
    Disable: one(FLAG, 'gives no element to any line'),
    Override: one(TEXT, 'the built-in dimension that this one replaces'),
    ElementCutoff: one(map('cutoff'), 'drops the smallest elements'),
  },
  rule: {
    Type: one(oneOf('Group', 'GroupBy', 'Metadata'), 'Group, GroupBy or Metadata'),
    Name: one(TEXT, 'the element of a Group'),
    Conditions: conditions('any of them'),
    ...SOURCES,
    Format: one(TEXT, "'{0} {1}', of a GroupBy"),
    Values: list(map('metadataValue'), 'of Metadata'),
  },
  groupBy: { ...SOURCES, Format: one(TEXT, "'{0} {1}'"), Conditions: conditions('any of them') },
  condition: {
    ...SOURCES,
    ...Object.fromEntries(COMPARED.map((name) => [name, either({ kind: 'values' }, HINTS[name])])),
    HasValue: one(FLAG, 'whether there is a value'),
    And: conditions('all of them'),
    Or: conditions('any of them'),
    Not: conditions('none of them'),
    Before: one(TEXT, 'charged before the date'),
    BeforeOrEquals: one(TEXT, 'charged on or before the date'),
    After: one(TEXT, 'charged after the date'),
    AfterOrEquals: one(TEXT, 'charged on or after the date'),
    ForDateRange: one(map('dateRange'), 'charged in the range'),
  },
  dateRange: { From: one(TEXT, 'the first day'), Until: one(TEXT, 'the last day') },
  transform: {
    Type: one(oneOf('Lower', 'Upper', 'Title', 'Trim', 'Clean', 'Normalize', 'Split'), 'what is done'),
    Delimiter: one(TEXT, 'of Split'),
    Index: one(TEXT, 'of Split: which part, from 1'),
  },
  streams: {
    Streams: list({ kind: 'stream' }, 'in order of priority'),
    Rate: one(map('rate'), 'a fixed rate instead of proportions'),
    ElementCutoff: one(map('cutoff'), 'drops the smallest elements'),
  },
  rate: {
    Type: one(oneOf('Fixed'), 'Fixed'),
    Value: one(TEXT, 'cost of one unit'),
    DefaultElement: one(TEXT, 'what is left'),
  },
  allocationRules: {
    AllocationMethod: one(oneOf('Proportional', 'Even'), 'by cost, or in equal parts'),
    SpendToAllocate: one(map('spend'), 'the pool'),
    AcrossElements: one(map('across'), 'who gets a part'),
    ForEachElementOf: one({ kind: 'source' }, 'a split of its own for each'),
    ElementCutoff: one(map('cutoff'), 'drops the smallest elements'),
  },
  spend: { ...SOURCES, Conditions: conditions('any of them') },
  across: {
    Rules: list(map('rule'), 'rules'),
    Groups: list(map('rule'), 'short for Group rules'),
    GroupBy: one(map('groupBy'), 'short for one GroupBy rule'),
  },
  cutoff: { ThresholdPercent: one(TEXT, 'from 0 to below 100'), Name: one(TEXT, 'the element of what is cut') },
  metadataValue: { Name: one(TEXT, 'the element'), Alternatives: list(TEXT, 'texts that mean it') },
}

export const COMPARISONS: readonly string[] = COMPARED

/** What stands at a path (`Dimensions`, an id, `Rules`, an index…): a map of a position, or a value. */
export type Expected =
  | { in: 'map'; position: Position }
  | { in: 'list'; of: ValueKind }
  | { in: 'value'; value: ValueKind; list: Property['list'] }

function expectedOf({ value, list: form }: Property): Expected {
  if (form === 'list') return { in: 'list', of: value }
  return value.kind === 'map' ? { in: 'map', position: value.position } : { in: 'value', value, list: form }
}

function step(at: Expected, key: string | number): Expected | null {
  if (typeof key === 'number') {
    if (at.in === 'list')
      return at.of.kind === 'map' ? { in: 'map', position: at.of.position } : { in: 'value', value: at.of, list: 'one' }
    return at.in === 'value' && at.list === 'either' ? { ...at, list: 'one' } : null
  }
  if (at.in !== 'map') return null
  if (at.position === 'dimensions') return { in: 'map', position: 'dimension' }
  const property = GRAMMAR[at.position][key]
  return property === undefined ? null : expectedOf(property)
}

/** null: the grammar knows nothing there. */
export function expectedAt(path: readonly (string | number)[]): Expected | null {
  return path.reduce<Expected | null>((at, key) => (at === null ? null : step(at, key)), {
    in: 'map',
    position: 'root',
  })
}
