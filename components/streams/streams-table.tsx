import Link from 'next/link'
import { RowTh, Table, Td, Th } from '@/components/ui/table'
import { When } from '@/components/ui/when'
import type { Stream } from '@/lib/contract/streams'
import { formatCount } from '@/lib/presentation/money'
import { STATUS_WORDS } from '@/lib/presentation/stream-status'
import { FilterKeys } from './filter-keys'
import { StatusBadge } from './status-badge'

export function StreamsTable({ streams }: { streams: readonly Stream[] }) {
  return (
    <Table caption="Streams and their ingest status">
      <thead>
        <tr>
          <Th className="border-t-0">Stream</Th>
          <Th className="border-t-0">Ingest status</Th>
          <Th className="border-t-0">Granularity</Th>
          <Th className="border-t-0">Filter keys</Th>
          <Th className="border-t-0" numeric>
            Records
          </Th>
          <Th className="border-t-0" numeric>
            Elements
          </Th>
          <Th className="border-t-0">Last received</Th>
          <Th className="border-t-0">Used by</Th>
        </tr>
      </thead>
      <tbody>
        {streams.map((stream) => (
          <tr key={stream.name} className="align-top hover:bg-muted/50">
            <RowTh className="min-w-44">
              <Link
                href={`/streams/${encodeURIComponent(stream.name)}`}
                className="break-all text-fg underline-offset-4 hover:text-accent hover:underline"
              >
                {stream.name}
              </Link>
            </RowTh>
            <Td className="max-w-64">
              <StatusBadge status={stream.status} />
              {stream.status !== 'Available' && (
                <span className="mt-1 block text-xs text-soft">
                  {stream.status_reason || STATUS_WORDS[stream.status]}
                </span>
              )}
            </Td>
            <Td className="text-soft capitalize">{stream.granularity?.toLowerCase() ?? 'not fixed yet'}</Td>
            <Td>
              <FilterKeys keys={stream.filter_keys} />
            </Td>
            <Td numeric>{formatCount(stream.records)}</Td>
            <Td numeric>{formatCount(stream.elements)}</Td>
            <Td className="text-soft">{stream.last_received_at ? <When time={stream.last_received_at} /> : 'never'}</Td>
            <Td className="text-soft">{stream.used_by.join(', ') || 'nothing yet'}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
