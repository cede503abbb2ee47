'use client'
import { ErrorState } from '@/components/feedback/error-state'
import { PageHeader } from '@/components/layout/page-header'
import { buttonClasses } from '@/components/ui/button-classes'
import { Skeleton } from '@/components/ui/skeleton'
import { useOpenapi } from '@/lib/client/openapi'
import { groupEndpoints } from '@/lib/presentation/openapi'
import { EndpointCard } from './endpoint-card'
import { EndpointIndex } from './endpoint-index'

export function ApiReference() {
  const { data, error, refetch } = useOpenapi()
  const groups = data ? groupEndpoints(data) : []
  return (
    <>
      <PageHeader
        title="API reference"
        description={
          data?.info.description ??
          'JSON over HTTP. Decimals are strings, times ISO 8601 in UTC, ends exclusive. Errors are application/problem+json.'
        }
        actions={
          <a href="/api/v1/openapi.json" className={buttonClasses()}>
            OpenAPI document
          </a>
        }
      />
      {data ? (
        <div className="grid items-start gap-6 lg:grid-cols-[13rem_minmax(0,1fr)]">
          <EndpointIndex groups={groups} />
          <div className="grid gap-8">
            {groups.map((group) => (
              <section key={group.name} aria-labelledby={`group-${group.name}`} className="grid min-w-0 gap-3">
                <h2 id={`group-${group.name}`} className="text-sm font-semibold capitalize">
                  {group.name.replaceAll('-', ' ')}
                </h2>
                {group.endpoints.map((endpoint) => (
                  <EndpointCard key={endpoint.id} document={data} endpoint={endpoint} />
                ))}
              </section>
            ))}
          </div>
        </div>
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <div role="status" aria-label="Loading the reference" className="grid gap-3">
          <Skeleton className="h-24 rounded-xl" />
          <Skeleton className="h-24 rounded-xl" />
          <Skeleton className="h-24 rounded-xl" />
        </div>
      )}
    </>
  )
}
