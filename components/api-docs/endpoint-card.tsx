import { Badge } from '@/components/ui/badge'
import { type Endpoint, type OpenapiDocument, schemaFields, schemaWords } from '@/lib/presentation/openapi'
import type { Tone } from '@/lib/presentation/stream-status'
import { FieldTable } from './field-table'

const TONES: Record<string, Tone> = { GET: 'info', POST: 'success', PUT: 'warning', PATCH: 'warning', DELETE: 'danger' }

export function EndpointCard({ document, endpoint }: { document: OpenapiDocument; endpoint: Endpoint }) {
  const { id, method, path, operation } = endpoint
  const parameters = (operation.parameters ?? []).map((one) => ({
    name: one.name,
    type: `${schemaWords(one.schema)} in ${one.in}`,
    required: one.required ?? one.in === 'path',
    description: one.description ?? (typeof one.schema?.description === 'string' ? one.schema.description : ''),
  }))
  return (
    <article
      id={id}
      className="min-w-0 scroll-mt-16 overflow-hidden rounded-xl border bg-surface shadow-card lg:scroll-mt-6"
    >
      <div className="grid gap-1.5 px-4 py-3.5 sm:px-5">
        <div className="flex flex-wrap items-center gap-2">
          <Badge tone={TONES[method]}>{method}</Badge>
          <code className="font-mono text-[13px] font-medium break-all">{path}</code>
        </div>
        {operation.summary && <h3 className="text-[13px] font-medium">{operation.summary}</h3>}
        {operation.description && <p className="text-[13px] text-soft">{operation.description}</p>}
      </div>
      <FieldTable caption={`Parameters of ${method} ${path}`} title="Parameters" fields={parameters} />
      {Object.entries(operation.requestBody?.content ?? {}).map(([type, media]) => (
        <FieldTable
          key={type}
          caption={`Request body of ${method} ${path}, ${type}`}
          title={`Request body · ${type} · ${schemaWords(media.schema)}`}
          fields={schemaFields(document, media.schema)}
          always
        />
      ))}
      {Object.entries(operation.responses ?? {}).map(([status, response]) => {
        const [type, media] = Object.entries(response.content ?? {})[0] ?? []
        return (
          <FieldTable
            key={status}
            caption={`Response ${status} of ${method} ${path}`}
            title={[status, response.description, type, schemaWords(media?.schema)].filter(Boolean).join(' · ')}
            fields={schemaFields(document, media?.schema)}
            always
            closed
          />
        )
      })}
    </article>
  )
}
