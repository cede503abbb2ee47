import { z } from 'zod'
import { unallocatedReason } from './allocations'
import { bound, decimal, metric } from './common'

export const previewRequest = z.object({
  yaml: z.string(),
  /** Without a range: the last month that the bills cover to its end. */
  from: bound.optional(),
  to: bound.optional(),
  metric: metric.default('EffectiveCost'),
  /** By default the one with most lines: sums never cross currencies. */
  currency: z.string().optional(),
  /** The id of one dimension, changed or not; by default every dimension that changes. */
  dimension: z.string().optional(),
})
export type PreviewRequest = z.input<typeof previewRequest>

/** Why lines have no element: no rule matches; no filter of a split's streams; or nothing to split by. */
export const withoutElement = z.enum([...unallocatedReason.options, 'outside_the_pool'])
export type WithoutElement = z.infer<typeof withoutElement>

const amounts = {
  now: decimal,
  after: decimal,
  difference: decimal,
  /** Lines that have a part in it: of a split, one line counts for each of its elements. */
  lines_now: z.int(),
  lines_after: z.int(),
}
export const previewElement = z.object({
  /** null: cost without an element. */
  element: z.string().nullable(),
  /** Of cost without an element: why. */
  reason: withoutElement.nullable(),
  ...amounts,
})
export type PreviewElement = z.infer<typeof previewElement>

/** affected: itself the same, but it uses a dimension that changes. */
export const previewChange = z.enum(['added', 'changed', 'affected', 'removed', 'same'])
export type PreviewChange = z.infer<typeof previewChange>

export const previewDimension = z
  .object({
    id: z.string(),
    name: z.string(),
    type: z.enum(['Grouping', 'Allocation']),
    change: previewChange,
    /** Whether a split gives its elements. */
    allocated: z.boolean(),
    /** The largest, and what is without an element. Their sum and that of `others` is the total, now and after. */
    elements: z.array(previewElement),
    /** How many elements there are, those of `others` included. */
    element_count: z.int(),
    others: z.object({ elements: z.int(), ...amounts }).nullable(),
    /** Lines whose element changes; null where a split spreads them. */
    moved: z.object({ cost: decimal, lines: z.int() }).nullable(),
  })
  .meta({ id: 'PreviewDimension' })
export type PreviewDimension = z.infer<typeof previewDimension>

export const definitionPreview = z
  .object({
    /** The version that it is compared with; 0: none. */
    version: z.int(),
    metric,
    currency: z.string().nullable(),
    currencies: z.array(z.string()),
    /** Days, `to` exclusive; null where there is no cost. */
    from: z.string().nullable(),
    to: z.string().nullable(),
    /** Of every line in the range. */
    total: decimal,
    lines: z.int(),
    dimensions: z.array(previewDimension),
    /** Dimensions that stay as they are. */
    unchanged: z.int(),
  })
  .meta({ id: 'DefinitionPreview' })
export type DefinitionPreview = z.infer<typeof definitionPreview>

export const previewLinesRequest = previewRequest.extend({
  dimension: z.string(),
  /** null: lines without an element. */
  element: z.string().nullable(),
  side: z.enum(['now', 'after']).default('after'),
})
export type PreviewLinesRequest = z.input<typeof previewLinesRequest>

export const previewLine = z.object({
  day: z.string(),
  service: z.string(),
  account: z.string(),
  region: z.string(),
  resource: z.string(),
  description: z.string(),
  tags: z.record(z.string(), z.string()),
  cost: decimal,
})
export type PreviewLine = z.infer<typeof previewLine>
export const previewLines = z.object({ lines: z.array(previewLine) }).meta({ id: 'PreviewLines' })
