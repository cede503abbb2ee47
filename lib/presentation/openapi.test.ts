import { expect, test } from 'vitest'
import { groupEndpoints, openapiDocument, schemaFields, schemaWords } from './openapi'

const document = openapiDocument.parse({
  openapi: '3.1.0',
  info: { title: 'Apportion', version: '1' },
  paths: {
    '/api/v1/streams': { get: { summary: 'List' }, parameters: [] },
    '/api/v1/streams/{name}': { put: { tags: ['streams'] }, delete: {} },
    '/api/v1/health': { get: {} },
  },
  components: { schemas: { Stream: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } } } },
})

test('operations are grouped, by tag or by path', () => {
  const groups = groupEndpoints(document)
  expect(groups.map(({ name, endpoints }) => [name, endpoints.map((one) => one.id)])).toEqual([
    ['streams', ['get-api-v1-streams', 'put-api-v1-streams-name', 'delete-api-v1-streams-name']],
    ['health', ['get-api-v1-health']],
  ])
})

test.each([
  [{ $ref: '#/components/schemas/Stream' }, 'Stream'],
  [{ type: 'array', items: { $ref: '#/components/schemas/Stream' } }, 'array of Stream'],
  [{ type: 'string', format: 'date-time' }, 'string (date-time)'],
  [{ enum: ['sum', 'replace'] }, '"sum" | "replace"'],
  [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 'string | null'],
  [{ type: ['string', 'null'] }, 'string | null'],
  [{}, 'anything'],
  [undefined, ''],
])('%o', (schema, words) => {
  expect(schemaWords(schema)).toBe(words)
})

test('fields follow a reference', () => {
  expect(schemaFields(document, { $ref: '#/components/schemas/Stream' })).toEqual([
    { name: 'name', type: 'string', required: true, description: '' },
  ])
})
