import { z } from 'zod'
import { decimal, isoTime, metric } from './common'

export const definitionError = z.object({
  message: z.string(),
  /** From the root of the document: `Dimensions.Product.Rules[0].Type`. */
  path: z.string(),
  line: z.int(),
  column: z.int(),
  /** What to write instead of the text at that place, where something near to it exists. */
  suggestion: z.string().optional(),
})
export type DefinitionError = z.infer<typeof definitionError>

export const validationResult = z.object({
  valid: z.boolean(),
  errors: z.array(definitionError),
  /** Not errors: a stream that has not sent yet, a tag that no cost has. */
  warnings: z.array(definitionError),
})
export type ValidationResult = z.infer<typeof validationResult>

export const savedDefinition = z.object({
  version: z.int(),
  author: z.string(),
  created_at: isoTime,
  /** The version that this one brought back. */
  restored_from: z.int().nullable(),
  warnings: z.array(definitionError),
})

export const saveQuery = z.object({
  base_version: z.coerce.number().int().min(0).optional().meta({
    description: 'The version that was edited: 409 when another was saved meanwhile. The same as If-Match',
  }),
})

export const dimension = z
  .object({
    id: z.string(),
    name: z.string(),
    type: z.enum(['Grouping', 'Allocation']),
    hidden: z.boolean(),
    disabled: z.boolean(),
    /** Streams that an allocation splits by. */
    streams: z.array(z.string()),
    /** Whether its elements come, wholly or in part, out of a split; then GET /allocations answers for it. */
    allocated: z.boolean(),
  })
  .meta({ id: 'Dimension' })
export type Dimension = z.infer<typeof dimension>

export const dimensionList = z.object({ version: z.int().nullable(), dimensions: z.array(dimension) })

export const elementsReport = z
  .object({
    dimension: z.string(),
    metric,
    currency: z.string().nullable(),
    /** element null: cost that no rule or driver gave to an element. */
    elements: z.array(z.object({ element: z.string().nullable(), cost: decimal })),
    total: decimal,
  })
  .meta({ id: 'ElementsReport' })
export type ElementsReport = z.infer<typeof elementsReport>
