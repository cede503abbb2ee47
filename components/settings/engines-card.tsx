'use client'
import { ErrorState } from '@/components/feedback/error-state'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { SkeletonRows } from '@/components/ui/skeleton'
import { useHealth } from '@/lib/client/workspace'
import { formatCount } from '@/lib/presentation/money'

export function EnginesCard() {
  const { data, error, refetch } = useHealth()
  return (
    <Card
      title="Engines"
      description={data ? `Apportion ${data.version}` : undefined}
      actions={
        data && (
          <Badge tone={data.status === 'ok' ? 'success' : 'danger'}>
            {data.status === 'ok' ? 'All well' : 'Degraded'}
          </Badge>
        )
      }
    >
      {data ? (
        <dl className="grid gap-3">
          <Engine name="PostgreSQL" engine={data.postgres} embedded="PGlite, inside this process" />
          <Engine name="ClickHouse" engine={data.clickhouse} embedded="chDB, inside this process" />
          <div>
            <dt className="text-xs text-subtle">Jobs</dt>
            <dd className="tnum text-[13px] font-medium">
              {formatCount(data.queue.waiting)} waiting, {formatCount(data.queue.running)} running,{' '}
              <span className={data.queue.failed > 0 ? 'text-bad' : undefined}>
                {formatCount(data.queue.failed)} failed
              </span>
            </dd>
          </div>
        </dl>
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <SkeletonRows label="Loading the engines" rows={2} />
      )}
    </Card>
  )
}

function Engine({
  name,
  engine,
  embedded,
}: {
  name: string
  engine: { ok: boolean; version: string | null; embedded: boolean }
  embedded: string
}) {
  return (
    <div>
      <dt className="text-xs text-subtle">{name}</dt>
      <dd className="text-[13px] font-medium">
        {engine.ok ? (engine.version ?? 'running') : <span className="text-bad">does not answer</span>}
        <span className="ml-2 font-normal text-soft">{engine.embedded ? embedded : 'a server of its own'}</span>
      </dd>
    </div>
  )
}
