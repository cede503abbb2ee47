'use client'
import { Rows3 } from 'lucide-react'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { Button } from '@/components/ui/button'
import { SkeletonRows } from '@/components/ui/skeleton'
import { RowTh, Table, Td, Th } from '@/components/ui/table'
import { useRecords } from '@/lib/client/streams'
import type { Stream } from '@/lib/contract/streams'
import { filterWords } from '@/lib/presentation/explain-words'
import { formatCount, formatQuantity } from '@/lib/presentation/money'
import { bucketTime } from '@/lib/presentation/relative-time'

export function RecordsTab({ stream }: { stream: Stream }) {
  const query = useRecords(stream)
  if (query.error && !query.data) return <ErrorState error={query.error} onRetry={query.refetch} />
  if (!query.data) return <SkeletonRows label="Loading the records" />
  const records = query.data.pages.flatMap((page) => page.records)
  const total = query.data.pages[0]?.total ?? records.length
  if (records.length === 0) {
    return (
      <EmptyState icon={Rows3} title="No records yet">
        Send some by curl or CSV, under “Send”. They appear here as soon as they are in.
      </EmptyState>
    )
  }
  return (
    <>
      <Table caption="Telemetry records, newest bucket first" regionClassName="max-h-136">
        <thead className="sticky top-0 bg-surface">
          <tr>
            <Th className="border-t-0">Bucket (UTC)</Th>
            <Th className="border-t-0">Element</Th>
            <Th className="border-t-0">Filter</Th>
            <Th className="border-t-0" numeric>
              Value
            </Th>
          </tr>
        </thead>
        <tbody>
          {records.map((record) => (
            <tr
              key={`${record.timestamp}|${record.element_name}|${JSON.stringify(record.filter)}`}
              className="hover:bg-muted/50"
            >
              <RowTh className="font-normal whitespace-nowrap">{bucketTime(record.timestamp)}</RowTh>
              <Td className="font-medium">{record.element_name}</Td>
              <Td className="text-soft">{filterWords(record.filter)}</Td>
              <Td numeric>{formatQuantity(record.value)}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
      <div className="flex items-center gap-3 px-4 py-2.5 text-[13px] text-soft sm:px-5">
        <span>
          {formatCount(records.length)} of {formatCount(total)} records
        </span>
        {query.hasNextPage && (
          <Button size="sm" pending={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
            Show more
          </Button>
        )}
      </div>
    </>
  )
}
