import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi'
import { problem } from '../contract/common'
import { OPERATIONS, type Operation } from '../contract/operations'

function describeOperation(operation: Operation): ZodOpenApiOperationObject {
  const { answer, body, params, query, scope, summary, tag } = operation
  const errors =
    tag === 'CloudZero'
      ? {}
      : { default: { description: 'What went wrong', content: { 'application/problem+json': { schema: problem } } } }
  const content =
    answer.schema === null ? {} : { content: { [answer.type ?? 'application/json']: { schema: answer.schema } } }
  return {
    summary,
    tags: [tag],
    ...(scope === null ? { security: [] } : { description: `Needs a key with the scope \`${scope}\`.` }),
    requestParams: { ...(params ? { path: params } : {}), ...(query ? { query } : {}) },
    ...(body ? { requestBody: { required: true, content: { [body.type]: { schema: body.schema } } } } : {}),
    responses: { [String(answer.status) as '200']: { description: 'Done', ...content }, ...errors },
  }
}

/** The OpenAPI document, generated from the schemas that the routes themselves parse with. */
export function openApiDocument() {
  const paths: ZodOpenApiPathsObject = {}
  for (const operation of OPERATIONS) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describeOperation(operation) }
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Apportion',
      version: '1',
      description:
        'Decimals are strings. Times are ISO 8601 in UTC, ends exclusive. A write with an Idempotency-Key may be repeated.',
    },
    security: [{ key: [] }],
    components: {
      securitySchemes: {
        key: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description: 'The key as it is, or `Bearer <key>`.',
        },
      },
    },
    paths,
  })
}
