import { Disclosure } from '@/components/ui/disclosure'
import { RowTh, Table, Td, Th } from '@/components/ui/table'
import type { ExplainPart } from '@/lib/contract/allocations'
import { counted, filterWords } from '@/lib/presentation/explain-words'
import { formatQuantity } from '@/lib/presentation/money'
import { absoluteTime, bucketTime } from '@/lib/presentation/relative-time'

export function PartRecords({ part: { records, records_rest: rest } }: { part: ExplainPart }) {
  if (records.length === 0) return null
  return (
    <Disclosure title={`Telemetry records (${records.length + rest.records})`}>
      <Table caption="Telemetry records that this share was computed from" regionClassName="rounded-md border">
        <thead>
          <tr>
            <Th>Bucket</Th>
            <Th>Element</Th>
            <Th numeric>Value</Th>
            <Th>Filter</Th>
            <Th>Batch</Th>
          </tr>
        </thead>
        <tbody>
          {records.map((record) => (
            <tr key={`${record.timestamp}|${record.element_name}|${record.batch_id}|${filterWords(record.filter)}`}>
              <RowTh className="font-normal whitespace-nowrap">{bucketTime(record.timestamp)}</RowTh>
              <Td>{record.element_name}</Td>
              <Td numeric>{formatQuantity(record.value)}</Td>
              <Td className="min-w-40 text-soft">{filterWords(record.filter)}</Td>
              <Td className="whitespace-nowrap text-soft" title={absoluteTime(record.received_at)}>
                #{record.batch_id}, {record.operation} by {record.sender}
              </Td>
            </tr>
          ))}
          {rest.records > 0 && (
            <tr className="text-soft">
              <RowTh className="font-normal" colSpan={2}>
                {counted(rest.records, 'more record')}
              </RowTh>
              <Td numeric>{formatQuantity(rest.value)}</Td>
              <Td colSpan={2} />
            </tr>
          )}
        </tbody>
      </Table>
    </Disclosure>
  )
}
