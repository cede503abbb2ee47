import { z } from 'zod'
import { bound, decimal, GRANULARITIES, isoTime, metric } from './common'
import { costsQuery, costsReport } from './costs'
import { runFailure } from './runs'

export const COST_GRANULARITIES = [...GRANULARITIES, 'weekly'] as const
export const costGranularity = z.enum(COST_GRANULARITIES)
export type CostGranularity = z.infer<typeof costGranularity>

export const BASES = ['charge', 'billing'] as const
export const basis = z.enum(BASES)
export type Basis = z.infer<typeof basis>

export const MAX_TOP = 1000

/**
 * Cost cut by up to three keys. A filter's key that holds `=`, or ends in `!`, stands in double quotes:
 * `"tag:a=b"=value`. `key=` is cost that has no value for the key.
 */
export const explorerQuery = costsQuery.extend({
  granularity: costGranularity.default('daily').meta({ description: 'Weeks begin on Monday' }),
  basis: basis.default('charge').meta({
    description:
      'charge: by when a charge was incurred. billing: by the billing period that carries it, in whole months, so that a correction counts where it was invoiced',
  }),
  top: z.coerce.number().int().min(1).max(MAX_TOP).optional().meta({
    description: 'As many groups, by absolute cost over the whole range; the rest is one row with `other: true`',
  }),
  compare: z
    .enum(['previous'])
    .optional()
    .meta({ description: 'As much time just before: as many months where the range is of whole months' }),
  format: z.enum(['json', 'csv']).optional().meta({ description: 'Or ask by the Accept header' }),
})
export type ExplorerQuery = z.infer<typeof explorerQuery>

/** A group's values run parallel to group_by; null = the cost has no such value. `other`: all groups past the top. */
const groupFields = { group: z.array(z.string().nullable()), other: z.boolean() }

export const explorerReport = costsReport
  .extend({
    granularity: costGranularity,
    basis,
    rows: z.array(z.object({ period: isoTime, ...groupFields, cost: decimal, lines: z.int() })),
    /** Each group over the whole range, by absolute cost, `other` last. */
    groups: z.array(
      z.object({
        ...groupFields,
        cost: decimal,
        lines: z.int(),
        /** null unless it was asked to compare. */
        previous: decimal.nullable(),
        difference: decimal.nullable(),
      }),
    ),
    /** How many groups stand behind `other`. */
    other_groups: z.int(),
    previous: z
      .object({
        from: isoTime,
        to: isoTime,
        total: decimal,
        lines: z.int(),
        /** total − previous total. */
        difference: decimal,
        periods: z.array(z.object({ period: isoTime, cost: decimal })),
        rows: z.array(z.object({ period: isoTime, ...groupFields, cost: decimal })),
      })
      .nullable(),
    /** Of a quantity, the units that were added up, where the lines name any; empty for costs. */
    units: z.array(z.string()),
    /** False while days of the ranges wait to be computed again, of a split that group_by or filter goes by. */
    up_to_date: z.boolean(),
    /** Why they still wait, where their run failed: the shares are those of the last good one. */
    failure: runFailure.nullable(),
  })
  .meta({ id: 'ExplorerReport' })
export type ExplorerReport = z.infer<typeof explorerReport>

export const valuesQuery = z.object({
  key: z.string().min(1),
  /** A part of the value, in any case. */
  search: z.string().max(500).default(''),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
  from: bound.optional(),
  to: bound.optional(),
})
export type ValuesQuery = z.infer<typeof valuesQuery>

export const valuesReport = z
  .object({
    key: z.string(),
    /** Those of most cost lines first; null = lines without a value. */
    values: z.array(z.object({ value: z.string().nullable(), lines: z.int() })),
    /** Whether there are more than were asked for. */
    more: z.boolean(),
  })
  .meta({ id: 'ValuesReport' })
export type ValuesReport = z.infer<typeof valuesReport>

/** What cost can be cut and filtered by. */
export const costKeys = z
  .object({
    first_day: z.iso.date().nullable(),
    last_day: z.iso.date().nullable(),
    lines: z.int(),
    currencies: z.array(z.string()),
    /** EffectiveCost, unless most of the lines that were billed have none. */
    default_metric: metric,
    keys: z.array(
      z.object({
        key: z.string(),
        label: z.string(),
        kind: z.enum(['dimension', 'column', 'tag', 'attribute']),
        /** The key that a definition names as the next level down. */
        child: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'CostKeys' })
export type CostKeys = z.infer<typeof costKeys>
export type CostKey = CostKeys['keys'][number]
