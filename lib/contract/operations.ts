import { z } from 'zod'
import { allocationsQuery, allocationsReport, explainQuery, explanation } from './allocations'
import { dimensionParams, idParams, keyParams, nameParams } from './common'
import { dimensionList, elementsReport, savedDefinition, validationResult } from './costformation'
import { catalogue, costImport, costImportList, costsQuery, costsReport, elementsQuery, importRequest } from './costs'
import {
  batchAccepted,
  batchesQuery,
  batchList,
  csvQuery,
  recordList,
  recordsQuery,
  stream,
  streamDefinition,
  streamList,
} from './streams'
import { apiKeyCreated, apiKeyList, apiKeyRequest, health, type Scope, workspaceState } from './workspace'

export interface Operation {
  method: 'get' | 'post' | 'put' | 'delete'
  path: string
  summary: string
  tag: 'Bills' | 'Definitions' | 'Telemetry' | 'Reports' | 'Workspace' | 'CloudZero'
  /** null: no key is needed. */
  scope: Scope | null
  params?: z.ZodObject
  query?: z.ZodObject
  body?: { type: string; schema: z.ZodType }
  /** Status and body of the answer; null: none. */
  answer: { status: number; type?: string; schema: z.ZodType | null }
}

const file = z.string().meta({ format: 'binary', description: 'The file itself; .gz is unpacked' })
const yaml = z.string().meta({ description: 'The CostFormation document' })
const streamParams = z.object({ stream: z.string() })
const batchParams = z.object({ name: z.string(), id: z.int() })

const cloudZeroRecords = z
  .object({
    records: z.array(
      z.object({
        timestamp: z.string().meta({ example: '2024-09-01T00:00:00Z' }),
        granularity: z.enum(['HOURLY', 'DAILY', 'MONTHLY']),
        filter: z.record(z.string(), z.array(z.string())).optional(),
        element_name: z.string(),
        value: z.union([z.number(), z.string()]).optional().meta({ description: 'Above zero; left out on delete' }),
      }),
    ),
  })
  .meta({ id: 'AllocationTelemetry' })
const cloudZeroAccepted = z.object({ message: z.string(), records: z.int(), batch_id: z.int().nullable() })

const ingest = (path: string, summary: string, status = 200): Operation => ({
  method: 'post',
  path: `/unit-cost/v1/telemetry/allocation/{stream}${path}`,
  summary,
  tag: 'CloudZero',
  scope: 'ingest',
  params: streamParams,
  body: { type: 'application/json', schema: cloudZeroRecords },
  answer: { status, schema: cloudZeroAccepted },
})

/** Every route, for the OpenAPI document; a test holds it against the files under app/. */
export const OPERATIONS: Operation[] = [
  {
    method: 'post',
    path: '/api/v1/cost-imports',
    summary: 'Import a bill',
    tag: 'Bills',
    scope: 'ingest',
    query: importRequest,
    body: { type: 'text/csv', schema: file },
    answer: { status: 202, schema: z.object({ id: z.uuid(), status: z.string() }) },
  },
  {
    method: 'get',
    path: '/api/v1/cost-imports',
    summary: 'List imports, newest first',
    tag: 'Bills',
    scope: 'read',
    answer: { status: 200, schema: costImportList },
  },
  {
    method: 'get',
    path: '/api/v1/cost-imports/{id}',
    summary: 'Progress and outcome of an import',
    tag: 'Bills',
    scope: 'read',
    params: idParams,
    answer: { status: 200, schema: costImport },
  },
  {
    method: 'post',
    path: '/api/v1/cost-imports/{id}/cancel',
    summary: 'Cancel an import that is not done',
    tag: 'Bills',
    scope: 'ingest',
    params: idParams,
    answer: { status: 200, schema: costImport },
  },
  {
    method: 'get',
    path: '/api/v1/cost-imports/{id}/rejected',
    summary: 'The rejected rows, with line and reason',
    tag: 'Bills',
    scope: 'read',
    params: idParams,
    answer: { status: 200, type: 'text/csv', schema: z.string() },
  },
  {
    method: 'get',
    path: '/api/v1/costs',
    summary: 'Cost by period and group',
    tag: 'Reports',
    scope: 'read',
    query: costsQuery,
    answer: { status: 200, schema: costsReport },
  },
  {
    method: 'get',
    path: '/api/v1/catalogue',
    summary: 'The span of the bills, and the keys that filters may name',
    tag: 'Bills',
    scope: 'read',
    answer: { status: 200, schema: catalogue },
  },
  {
    method: 'get',
    path: '/api/v1/costformation',
    summary: 'The definition in force',
    tag: 'Definitions',
    scope: 'read',
    answer: { status: 200, type: 'text/yaml', schema: yaml },
  },
  {
    method: 'put',
    path: '/api/v1/costformation',
    summary: 'Replace the definition: all of it is valid, or nothing changes',
    tag: 'Definitions',
    scope: 'admin',
    body: { type: 'text/yaml', schema: yaml },
    answer: { status: 200, schema: savedDefinition },
  },
  {
    method: 'post',
    path: '/api/v1/costformation/validate',
    summary: 'Check a definition without saving it',
    tag: 'Definitions',
    scope: 'read',
    body: { type: 'text/yaml', schema: yaml },
    answer: { status: 200, schema: validationResult },
  },
  {
    method: 'get',
    path: '/api/v1/dimensions',
    summary: 'List dimensions',
    tag: 'Definitions',
    scope: 'read',
    answer: { status: 200, schema: dimensionList },
  },
  {
    method: 'get',
    path: '/api/v1/dimensions/{id}/elements',
    summary: 'A dimension’s elements with their cost',
    tag: 'Definitions',
    scope: 'read',
    params: keyParams,
    query: elementsQuery,
    answer: { status: 200, schema: elementsReport },
  },
  {
    method: 'get',
    path: '/api/v1/streams',
    summary: 'List streams with their ingest status',
    tag: 'Telemetry',
    scope: 'read',
    answer: { status: 200, schema: streamList },
  },
  {
    method: 'get',
    path: '/api/v1/streams/{name}',
    summary: 'A stream with its ingest status',
    tag: 'Telemetry',
    scope: 'read',
    params: nameParams,
    answer: { status: 200, schema: stream },
  },
  {
    method: 'put',
    path: '/api/v1/streams/{name}',
    summary: 'Define a stream before its first batch',
    tag: 'Telemetry',
    scope: 'ingest',
    params: nameParams,
    body: { type: 'application/json', schema: streamDefinition },
    answer: { status: 200, schema: stream },
  },
  {
    method: 'delete',
    path: '/api/v1/streams/{name}',
    summary: 'Delete a stream with its telemetry',
    tag: 'Telemetry',
    scope: 'admin',
    params: nameParams,
    answer: { status: 204, schema: null },
  },
  {
    method: 'get',
    path: '/api/v1/streams/{name}/records',
    summary: 'Records as they stand, newest bucket first',
    tag: 'Telemetry',
    scope: 'read',
    params: nameParams,
    query: recordsQuery,
    answer: { status: 200, schema: recordList },
  },
  {
    method: 'get',
    path: '/api/v1/streams/{name}/batches',
    summary: 'What was delivered, newest first',
    tag: 'Telemetry',
    scope: 'read',
    params: nameParams,
    query: batchesQuery,
    answer: { status: 200, schema: batchList },
  },
  {
    method: 'post',
    path: '/api/v1/streams/{name}/batches/{id}/undo',
    summary: 'Take a batch back',
    tag: 'Telemetry',
    scope: 'ingest',
    params: batchParams,
    answer: { status: 200, schema: batchAccepted },
  },
  {
    method: 'post',
    path: '/api/v1/streams/{name}/csv',
    summary: 'Send telemetry as CSV: timestamp, granularity, element_name, value, and a column per filter key',
    tag: 'Telemetry',
    scope: 'ingest',
    params: nameParams,
    query: csvQuery,
    body: { type: 'text/csv', schema: z.string() },
    answer: { status: 200, schema: batchAccepted },
  },
  {
    method: 'get',
    path: '/api/v1/allocations/{dimension}',
    summary: 'The split of a dimension’s pool, exact',
    tag: 'Reports',
    scope: 'read',
    params: dimensionParams,
    query: allocationsQuery,
    answer: { status: 200, schema: allocationsReport },
  },
  {
    method: 'get',
    path: '/api/v1/allocations/{dimension}/explain',
    summary: 'Why an amount is what it is',
    tag: 'Reports',
    scope: 'read',
    params: dimensionParams,
    query: explainQuery,
    answer: { status: 200, schema: explanation },
  },
  {
    method: 'get',
    path: '/api/v1/workspace',
    summary: 'What the workspace has',
    tag: 'Workspace',
    scope: 'read',
    answer: { status: 200, schema: workspaceState },
  },
  {
    method: 'post',
    path: '/api/v1/example',
    summary: 'Load the example into an empty workspace',
    tag: 'Workspace',
    scope: 'admin',
    answer: { status: 202, schema: z.object({ import_id: z.uuid() }) },
  },
  {
    method: 'get',
    path: '/api/v1/api-keys',
    summary: 'List API keys',
    tag: 'Workspace',
    scope: 'admin',
    answer: { status: 200, schema: apiKeyList },
  },
  {
    method: 'post',
    path: '/api/v1/api-keys',
    summary: 'Create an API key; the answer is the only place that shows it',
    tag: 'Workspace',
    scope: 'admin',
    body: { type: 'application/json', schema: apiKeyRequest },
    answer: { status: 201, schema: apiKeyCreated },
  },
  {
    method: 'delete',
    path: '/api/v1/api-keys/{id}',
    summary: 'Revoke an API key',
    tag: 'Workspace',
    scope: 'admin',
    params: idParams,
    answer: { status: 204, schema: null },
  },
  {
    method: 'get',
    path: '/api/v1/health',
    summary: 'Whether both engines answer',
    tag: 'Workspace',
    scope: null,
    answer: { status: 200, schema: health },
  },
  ingest('/sum', 'Add records; creates the stream'),
  ingest('/replace', 'Replace records; creates the stream'),
  ingest('/delete', 'Delete the records that match; soft, and undone with its batch', 201),
  ingest('', 'Deprecated: the same as /sum'),
]
