'use client'
import { ChevronLeft } from 'lucide-react'
import Link from 'next/link'
import { ErrorState } from '@/components/feedback/error-state'
import { PageHeader } from '@/components/layout/page-header'
import { StatusBadge } from '@/components/streams/status-badge'
import { Skeleton } from '@/components/ui/skeleton'
import { useStream } from '@/lib/client/streams'
import { DeleteStream } from './delete-stream'
import { StatusCard } from './status-card'
import { StreamFacts } from './stream-facts'
import { StreamTabs } from './stream-tabs'

export function StreamScreen({ name }: { name: string }) {
  const { data, error, refetch } = useStream(name)
  return (
    <>
      <div className="grid gap-2">
        <Link href="/streams" className="inline-flex w-fit items-center gap-1 text-[13px] text-soft hover:text-fg">
          <ChevronLeft className="size-3.5" aria-hidden /> Streams
        </Link>
        <PageHeader
          title={name}
          badge={data && <StatusBadge status={data.status} />}
          actions={data && <DeleteStream stream={data} />}
        />
      </div>
      {data ? (
        <>
          <div className="grid gap-5 lg:grid-cols-2">
            <StatusCard stream={data} />
            <StreamFacts stream={data} />
          </div>
          <StreamTabs stream={data} />
        </>
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <div role="status" aria-label="Loading the stream" className="grid gap-5">
          <Skeleton className="h-40 rounded-xl" />
          <Skeleton className="h-80 rounded-xl" />
        </div>
      )}
    </>
  )
}
