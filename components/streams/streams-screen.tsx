'use client'
import { Activity, Plus } from 'lucide-react'
import { useState } from 'react'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { SkeletonRows } from '@/components/ui/skeleton'
import { useStreams } from '@/lib/client/streams'
import { DefineStreamDialog } from './define-stream-dialog'
import { StreamsTable } from './streams-table'

export function StreamsScreen() {
  const [defining, setDefining] = useState(false)
  const { data, error, refetch } = useStreams()
  const define = (
    <Button variant="primary" onClick={() => setDefining(true)}>
      <Plus aria-hidden /> Define a stream
    </Button>
  )
  return (
    <>
      <PageHeader
        title="Streams"
        description="What each product, team or customer used: the measures that shared cost is split by."
        actions={define}
      />
      <section aria-label="Streams" className="min-w-0 overflow-hidden rounded-xl border bg-surface shadow-card">
        {data ? (
          data.streams.length > 0 ? (
            <StreamsTable streams={data.streams} />
          ) : (
            <EmptyState icon={Activity} title="No streams yet">
              Define one to get its curl line and CSV template. Or just send: a stream also comes into being by its
              first batch, which fixes its granularity and filter keys.
            </EmptyState>
          )
        ) : error ? (
          <ErrorState error={error} onRetry={refetch} />
        ) : (
          <SkeletonRows label="Loading the streams" />
        )}
      </section>
      <DefineStreamDialog open={defining} onOpenChange={setDefining} />
    </>
  )
}
