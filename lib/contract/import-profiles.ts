import { z } from 'zod'
import { isoTime } from './common'

/** How a column of times is written. iso takes dates as well. */
export const TIME_FORMATS = [
  'iso',
  'YYYY-MM-DD',
  'MM/DD/YYYY',
  'DD/MM/YYYY',
  'DD.MM.YYYY',
  'YYYYMMDD',
  'YYYYMM',
  'epoch_seconds',
] as const
export const timeFormat = z.enum(TIME_FORMATS)
export type TimeFormat = z.infer<typeof timeFormat>

/** How long a line lasts whose file has no period end. */
export const lineGranularity = z.enum(['hour', 'day', 'month'])
export type LineGranularity = z.infer<typeof lineGranularity>

const header = z.string().trim().min(1).max(500)
const currencyCode = z.string().regex(/^[A-Za-z]{3}$/, 'is a currency code of three letters, such as USD')

/** Which column of any table holds what a cost line needs; headers as the file writes them, in any case. */
export const mapping = z
  .object({
    /** BilledCost; and EffectiveCost, ListCost and ContractedCost, where no column is named for them. */
    cost: header,
    effective_cost: header.optional(),
    list_cost: header.optional(),
    contracted_cost: header.optional(),
    period_start: header,
    time_format: timeFormat.default('iso'),
    period_end: header.optional(),
    /** Without a period_end. */
    granularity: lineGranularity.default('day'),
    service: header.optional(),
    account: header.optional(),
    region: header.optional(),
    resource: header.optional(),
    charge_category: header.optional(),
    description: header.optional(),
    /** A column, or one code for all lines. */
    currency: z.union([z.object({ column: header }), z.object({ code: currencyCode })]).default({ code: 'USD' }),
    /** Columns that each become a tag, or one column that holds a JSON object. */
    tags: z
      .union([
        z.object({ columns: z.array(z.object({ column: header, key: z.string().min(1).max(200) })).max(200) }),
        z.object({ json: header }),
      ])
      .optional(),
    /** The mark before the fraction; the other one, blanks and apostrophes may group thousands. */
    decimal_mark: z.enum(['.', ',']).default('.'),
    /** Further FOCUS columns by name. */
    columns: z.record(z.string(), header).default({}),
  })
  .meta({ id: 'ImportMapping' })
export type Mapping = z.infer<typeof mapping>
export type MappingInput = z.input<typeof mapping>

/** The mapping that a source's files of no known format are read by. */
export const importProfile = z
  .object({
    source: z.string(),
    mapping,
    created_by: z.string(),
    created_at: isoTime,
    updated_at: isoTime,
  })
  .meta({ id: 'ImportProfile' })
export type ImportProfile = z.infer<typeof importProfile>

export const importProfileList = z.object({ profiles: z.array(importProfile) })
export const profileParams = z.object({ source: z.string().trim().min(1).max(100) })
export const profileRequest = z.object({ mapping })
