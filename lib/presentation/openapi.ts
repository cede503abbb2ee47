import { z } from 'zod'

type JsonSchema = Record<string, unknown>
const jsonSchema: z.ZodType<JsonSchema> = z.record(z.string(), z.unknown())
const media = z.record(z.string(), z.looseObject({ schema: jsonSchema.optional(), example: z.unknown().optional() }))

const operation = z.looseObject({
  operationId: z.string().optional(),
  summary: z.string().optional(),
  description: z.string().optional(),
  tags: z.array(z.string()).optional(),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
  parameters: z
    .array(
      z.looseObject({
        name: z.string(),
        in: z.string(),
        required: z.boolean().optional(),
        description: z.string().optional(),
        schema: jsonSchema.optional(),
      }),
    )
    .optional(),
  requestBody: z.looseObject({ description: z.string().optional(), content: media.optional() }).optional(),
  responses: z
    .record(z.string(), z.looseObject({ description: z.string().optional(), content: media.optional() }))
    .optional(),
})

/** The parts of an OpenAPI 3.1 document that the reference page shows. */
export const openapiDocument = z.looseObject({
  info: z.looseObject({ title: z.string(), version: z.string(), description: z.string().optional() }),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.looseObject({ schemas: z.record(z.string(), jsonSchema).optional() }).optional(),
})
export type OpenapiDocument = z.infer<typeof openapiDocument>

export interface Endpoint {
  id: string
  method: string
  path: string
  operation: z.infer<typeof operation>
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete']

/** Operations by tag, or by the first word of the path after /api/v1 where there is no tag. */
export function groupEndpoints(document: OpenapiDocument): { name: string; endpoints: Endpoint[] }[] {
  const groups = new Map<string, Endpoint[]>()
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const parsed = operation.safeParse(item[method])
      if (!parsed.success) continue
      const name = parsed.data.tags?.[0] ?? path.replace(/^\/api\/v1\//, '').split('/')[0] ?? path
      const id = `${method}-${path}`.replace(/[^A-Za-z0-9]+/g, '-').replace(/-$/, '')
      groups.set(name, [
        ...(groups.get(name) ?? []),
        { id, method: method.toUpperCase(), path, operation: parsed.data },
      ])
    }
  }
  return [...groups].map(([name, endpoints]) => ({ name, endpoints }))
}

/** `array of Stream`, `string (date-time)`, `"sum" | "replace"`: a schema in one line. */
export function schemaWords(schema: JsonSchema | undefined): string {
  if (!schema) return ''
  if (typeof schema.$ref === 'string') return schema.$ref.split('/').at(-1) ?? ''
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if ('const' in schema) return JSON.stringify(schema.const)
  for (const key of ['anyOf', 'oneOf', 'allOf']) {
    const options = schema[key]
    if (Array.isArray(options)) {
      return options.map((one) => schemaWords(asSchema(one))).join(key === 'allOf' ? ' & ' : ' | ')
    }
  }
  if (schema.type === 'array') return `array of ${schemaWords(asSchema(schema.items)) || 'anything'}`
  const format = typeof schema.format === 'string' ? ` (${schema.format})` : ''
  const type = Array.isArray(schema.type) ? schema.type.join(' | ') : schema.type
  return typeof type === 'string' ? `${type}${format}` : 'anything'
}

export interface SchemaField {
  name: string
  type: string
  required: boolean
  description: string
}

/** The properties of an object schema, a reference followed once. */
export function schemaFields(document: OpenapiDocument, schema: JsonSchema | undefined): SchemaField[] {
  const target = resolve(document, schema)
  const properties = asSchema(target?.properties)
  const required = Array.isArray(target?.required) ? target.required : []
  return Object.entries(properties ?? {}).map(([name, value]) => {
    const property = asSchema(value)
    const description = property?.description ?? resolve(document, property)?.description
    return {
      name,
      type: schemaWords(property),
      required: required.includes(name),
      description: typeof description === 'string' ? description : '',
    }
  })
}

function resolve(document: OpenapiDocument, schema: JsonSchema | undefined): JsonSchema | undefined {
  if (typeof schema?.$ref !== 'string') return schema
  return document.components?.schemas?.[schema.$ref.split('/').at(-1) ?? '']
}

function asSchema(value: unknown): JsonSchema | undefined {
  const parsed = jsonSchema.safeParse(value)
  return parsed.success ? parsed.data : undefined
}
