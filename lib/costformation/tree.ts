import type { Source } from './source'

/** The typed tree of a CostFormation definition: CloudZero's language, and what this product adds to its allocations. */

/** Where a node was written. Line and column count from 1; the path is `Dimensions.Product.Rules[0].Type`. */
export interface Place {
  path: string
  line: number
  column: number
}

interface Located {
  at: Place
}

/** A scalar as it was written: `Equals: 007` is the text `007`. Never empty. */
export interface Text extends Located {
  value: string
}

/** A number without sign or exponent as it was written, of at most 20 digits before the point and 18 after: `12.50`. */
export type Decimal = string

export interface SourceReference extends Located {
  source: Source
}

export type Transform = Located &
  (
    | { type: 'Lower' | 'Upper' | 'Title' | 'Trim' | 'Clean' | 'Normalize' }
    /** `index` counts from 1, or from the last part where it is negative; a part that is not there is no value. */
    | { type: 'Split'; delimiter: string; index: number }
  )

/**
 * Source properties inherit from dimension to rule to condition, and an inner set replaces an outer one as a whole.
 * Every rule and condition below holds its effective set: inheritance is resolved when the tree is made.
 */
export interface SourceSet extends Located {
  references: SourceReference[]
  /** true: the first source that has a value. false: in a condition, any of them; in a GroupBy, all of them. */
  coalesce: boolean
  /** What is done, in this order, to each value, or to the one that coalescing chose. */
  transforms: Transform[]
}

/** Any of the sources compares with any of the values. A source without a value never does. */
export interface Comparison extends Located {
  type: 'Equals' | 'Contains' | 'BeginsWith' | 'EndsWith' | 'Matches'
  sources: SourceSet
  values: Text[]
}

export interface Presence extends Located {
  type: 'HasValue'
  sources: SourceSet
  expected: boolean
}

/** Any of the sources comes before or after the value, in the order of their UTF-8 bytes. */
export interface OrderComparison extends Located {
  type: 'Before' | 'BeforeOrEquals' | 'After' | 'AfterOrEquals'
  sources: SourceSet
  value: Text
}

/** A day or a second in UTC, as Unix seconds; `end` is exclusive. */
export interface Moment extends Text {
  start: number
  end: number
}

/** What the start of the line's charge period is compared with where there is no source. */
export interface DateComparison extends Located {
  type: OrderComparison['type']
  sources: null
  date: Moment
}

/** Both ends belong to the range; null: it is open on that side. */
export interface DateRange extends Located {
  type: 'ForDateRange'
  from: Moment | null
  until: Moment | null
}

/** `Not` is true where none of its conditions is. */
export interface Junction extends Located {
  type: 'And' | 'Or' | 'Not'
  conditions: Condition[]
}

export type Condition = Comparison | Presence | OrderComparison | DateComparison | DateRange | Junction

export interface GroupRule extends Located {
  type: 'Group'
  name: Text
  /** Any of them. Never empty. */
  conditions: Condition[]
}

export interface GroupByRule extends Located {
  type: 'GroupBy'
  sources: SourceSet
  /** The element's name in parts: literal text, or the index of a source. */
  format: (string | number)[]
  /** Any of them; empty: the rule applies to every line. */
  conditions: Condition[]
}

export interface MetadataRule extends Located {
  type: 'Metadata'
  sources: SourceSet
  /** The first of which a source contains an alternative gives the element, `name`; both are compared normalised. */
  values: { name: Text; alternatives: Text[] }[]
  /** Any of them; empty: the rule applies to every line. */
  conditions: Condition[]
}

export type Rule = GroupRule | GroupByRule | MetadataRule

interface DimensionBase extends Located {
  id: string
  /** The display name, unique in the document; telemetry filters say `custom:<name>`. */
  name: string
  nameAt: Place
  hidden: boolean
  /** A disabled dimension gives no element to any line, and depends on nothing. */
  disabled: boolean
  /** The element of lines that no rule matches, or that are outside of the pool; null: they have none. */
  defaultValue: string | null
  /** What a drill-down into an element shows; nothing is computed by it. */
  child: SourceReference | null
  /** X of `CZ:Defined:X`: the built-in dimension that this one stands for wherever it is a source. */
  override: string | null
  /** Always null for Grouping. */
  elementCutoff: { thresholdPercent: Decimal; name: string | null } | null
}

export interface GroupingDimension extends DimensionBase {
  type: 'Grouping'
  /** What rules inherit that name no source of their own. */
  sources: SourceSet | null
  /** The first that matches a line gives its element. */
  rules: Rule[]
}

export interface StreamAllocation extends Located {
  type: 'AllocateByStreams'
  /** In priority order: the first that has weights for a line takes it. */
  streams: Text[]
  /** `value`: what one unit costs, above 0. What is left of the pool, or too much, goes to `defaultElement`. */
  rate: { type: 'Fixed'; value: Decimal; defaultElement: string } | null
}

export interface RuleAllocation extends Located {
  type: 'AllocateByRules'
  method: 'Proportional' | 'Even' | 'Fixed'
  /** Exactly with `Fixed`. Percentages come to at most 100; what is missing stays unallocated. Some value is above 0. */
  fixed: { weights: { element: Text; value: Decimal }[]; isPercent: boolean } | null
  granularity: 'UsageDaily' | 'UsageMonthly' | 'BillingPeriod'
  costType:
    | 'RealCost'
    | 'BilledCost'
    | 'DiscountedCost'
    | 'AmortizedCost'
    | 'DiscountedAmortizedCost'
    | 'OnDemandCost'
    | 'UsageAmount'
  /** The pool: lines for which any of the conditions holds. Without conditions in `Next`, whose pool is the dimension's. */
  spendToAllocate: { sources: SourceSet | null; conditions: Condition[] }
  /** Empty exactly with `Fixed`. */
  acrossElements: Rule[]
  /**
   * As `acrossElements`: each element that these rules give is split by the ratios of its own lines. Empty: all of the
   * pool by the same ones, as always without `Proportional`. A plain source is a GroupBy rule.
   */
  forEachElementOf: Rule[]
}

/** Which drivers a charge is split by: those of its own bucket, of the month before, or of the last days. */
export type AllocationWindow = { type: 'SameBucket' } | { type: 'PreviousMonth' } | { type: 'LastDays'; days: number }

/** What happens where there are no drivers. `buckets` are of the drivers' granularity. */
export type GapPolicy =
  | { type: 'Unallocated' }
  | { type: 'Even' }
  | { type: 'Carry'; buckets: number }
  /** Its pool is the dimension's own, so that it names no spend. */
  | { type: 'Next'; rules: RuleAllocation }

/** A share of each amount that is split, or an amount a month of EffectiveCost in the line's currency. */
export type Limit = { type: 'Percent'; value: Decimal } | { type: 'Amount'; value: Decimal }

/** An element that is excluded has neither weight nor limits. */
export interface ElementRule {
  element: Text
  /** What its drivers are multiplied by, above 0; null: 1. */
  weight: Decimal | null
  exclude: boolean
  floor: Limit | null
  cap: Limit | null
}

export interface AllocationDimension extends DimensionBase {
  type: 'Allocation'
  allocation: StreamAllocation | RuleAllocation
  window: AllocationWindow
  /** Tried in order; what none of them fills stays unallocated. */
  gaps: GapPolicy[]
  elements: ElementRule[]
  /** Lines of the pool for which any of them holds are not split. */
  setApart: Condition[]
  /** How elements that are pools themselves hand on what they get; null: they keep it. */
  mutual: 'Reciprocal' | 'StepDown' | 'Direct' | null
}

export type Dimension = GroupingDimension | AllocationDimension

/** In the order of the document. Ids and names are unique, references exist, and there is no circle among them. */
export interface Definition {
  dimensions: Dimension[]
}
