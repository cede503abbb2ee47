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
  | 'forEach'
  | 'method'
  | 'weights'
  | 'rate'
  | 'cutoff'
  | 'window'
  | 'gap'
  | 'next'
  | 'elements'
  | 'element'
  | 'limit'
  | 'groups'

export type ValueKind =
  | { kind: 'text' }
  | { kind: 'flag' }
  /** Written as they are; `position`: a map may stand in place of a word. */
  | { kind: 'enum'; values: readonly string[]; position?: Position }
  /** `position`: as with words. */
  | { kind: 'source'; position?: Position }
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
const wordOrMap = (position: Position, ...values: string[]): ValueKind => ({ kind: 'enum', values, position })

const SOURCES: Record<string, Property> = {
  Source: one({ kind: 'source' }, 'what is read off a cost line'),
  Sources: list({ kind: 'source' }, 'several sources'),
  CoalesceSources: one(FLAG, 'the first source that has a value'),
  Transforms: list(map('transform'), 'done to each value'),
}
const CUTOFF = one(map('cutoff'), 'drops the smallest elements')
const conditions = (hint: string) => list(map('condition'), hint)
const SHORTHANDS: Record<string, Property> = {
  Groups: one(map('groups'), 'short for Group rules'),
  GroupBy: one(map('groupBy'), 'short for one GroupBy rule'),
}
const ACROSS: Record<string, Property> = { ...SHORTHANDS, Rules: list(map('rule'), 'rules'), ...SOURCES }
const COMPARED = ['Equals', 'Contains', 'BeginsWith', 'EndsWith', 'Matches'] as const
const HINTS = {
  Equals: 'is one of the values',
  Contains: 'has the text in it',
  BeginsWith: 'begins with the text',
  EndsWith: 'ends with the text',
  Matches: 'a regular expression (RE2)',
}

const METHOD = one(
  wordOrMap('method', 'Proportional', 'Even', '{Method: Fixed, Percentages: {}}'),
  'by cost, in equal parts, or by weights of your own',
)
const FOR_EACH = one({ kind: 'source', position: 'forEach' }, 'ratios of its own for each')

export const GRAMMAR: Record<Position, Record<string, Property>> = {
  root: { Dimensions: one(map('dimensions'), 'dimensions by their ids') },
  dimensions: {},
  dimension: {
    Name: one(TEXT, 'as people see it'),
    Type: one(oneOf('Grouping', 'Allocation'), 'Grouping by rules, or Allocation of a shared cost'),
    DefaultValue: one(TEXT, 'the element of lines that no rule matches, or outside of the pool'),
    ...SOURCES,
    Rules: list(map('rule'), 'the first that matches gives the element'),
    ...SHORTHANDS,
    AllocateByStreams: one(map('streams'), 'split by telemetry'),
    AllocateByRules: one(map('allocationRules'), 'split by rules'),
    Child: either({ kind: 'source' }, 'the next level down'),
    Hide: one(FLAG, 'left out of lists'),
    Disable: one(FLAG, 'gives no element to any line'),
    Override: one(TEXT, 'the built-in dimension that this one replaces'),
    ElementCutoff: CUTOFF,
    Window: one(
      wordOrMap('window', 'SameBucket', 'PreviousMonth', '{LastDays: 30}'),
      'which drivers count: those of the charge’s own bucket, or earlier ones',
    ),
    Gaps: either(
      wordOrMap('gap', 'Unallocated', 'Even', '{Carry: 24}'),
      'what happens where drivers are missing: one, or a list tried in order',
    ),
    Elements: one(map('elements'), 'weights and limits of single elements'),
    SetApart: conditions('costs of the pool that are not split'),
    Mutual: one(oneOf('Reciprocal', 'StepDown', 'Direct'), 'how pools that pay each other hand on what they get'),
  },
  rule: {
    Type: one(oneOf('Group', 'GroupBy', 'Metadata'), 'Group, GroupBy or Metadata'),
    Name: one(TEXT, 'the element of a Group'),
    Conditions: conditions('any of them'),
    ...SOURCES,
    Format: one(TEXT, "'{0} {1}', of a GroupBy"),
    Values: list(TEXT, 'of Metadata: texts to look for, or `name: [alternatives]`'),
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
    ElementCutoff: CUTOFF,
  },
  rate: {
    Type: one(oneOf('Fixed'), 'Fixed'),
    Value: one(TEXT, 'cost of one unit'),
    DefaultElement: one(TEXT, 'what is left'),
  },
  allocationRules: {
    AllocationMethod: METHOD,
    SpendToAllocate: one(map('spend'), 'the pool'),
    AcrossElements: one(map('across'), 'who gets a part'),
    ForEachElementOf: FOR_EACH,
    ElementCutoff: CUTOFF,
  },
  next: { AllocationMethod: METHOD, AcrossElements: one(map('across'), 'who gets a part'), ForEachElementOf: FOR_EACH },
  method: {
    Method: one(oneOf('Proportional', 'Even', 'Fixed'), 'by cost, in equal parts, or by weights of your own'),
    Granularity: one(oneOf('UsageDaily', 'UsageMonthly', 'BillingPeriod'), 'the period that is added up'),
    CostType: one(
      oneOf(
        'RealCost',
        'BilledCost',
        'DiscountedCost',
        'AmortizedCost',
        'DiscountedAmortizedCost',
        'OnDemandCost',
        'UsageAmount',
      ),
      'which cost Proportional goes by',
    ),
    Weights: one(map('weights'), 'of Fixed: numbers of any sum by element'),
    Percentages: one(map('weights'), 'of Fixed: at most 100 together; the rest stays unallocated'),
  },
  weights: {},
  spend: { ...SOURCES, Conditions: conditions('any of them') },
  across: ACROSS,
  forEach: { ...ACROSS, Values: list(TEXT, 'those that count') },
  cutoff: { ThresholdPercent: one(TEXT, 'from 0 to below 100'), Name: one(TEXT, 'the element of what is cut') },
  window: { LastDays: one(TEXT, 'how many days, up to 366') },
  gap: {
    Carry: one(TEXT, 'the last drivers, for so many buckets, up to 1000'),
    Next: one(map('next'), 'splits by rules instead'),
  },
  elements: {},
  element: {
    Weight: one(TEXT, 'what its drivers are multiplied by'),
    Exclude: one(FLAG, 'gets nothing'),
    Floor: one(map('limit'), 'gets at least'),
    Cap: one(map('limit'), 'gets at most'),
  },
  limit: { Percent: one(TEXT, 'of each amount that is split'), Amount: one(TEXT, 'a month') },
  groups: {},
}

/** Maps whose names are free: what stands at each of them. */
const NAMED: Partial<Record<Position, Property>> = {
  dimensions: one(map('dimension'), ''),
  groups: conditions('any of them'),
  weights: one(TEXT, ''),
  elements: one(map('element'), ''),
}

export function hasFreeNames(position: Position): boolean {
  return NAMED[position] !== undefined
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

/** The position of the map that stands there, or may stand there in place of a word. */
export function mapPosition(at: Expected): Position | null {
  if (at.in === 'map') return at.position
  return at.in === 'value' && 'position' in at.value ? (at.value.position ?? null) : null
}

function step(at: Expected, key: string | number): Expected | null {
  if (typeof key === 'number') {
    if (at.in === 'list')
      return at.of.kind === 'map' ? { in: 'map', position: at.of.position } : { in: 'value', value: at.of, list: 'one' }
    return at.in === 'value' && at.list === 'either' ? { ...at, list: 'one' } : null
  }
  const position = mapPosition(at)
  if (position === null) return null
  const property = NAMED[position] ?? GRAMMAR[position][key]
  return property === undefined ? null : expectedOf(property)
}

/** null: the grammar knows nothing there. */
export function expectedAt(path: readonly (string | number)[]): Expected | null {
  return path.reduce<Expected | null>((at, key) => (at === null ? null : step(at, key)), {
    in: 'map',
    position: 'root',
  })
}
