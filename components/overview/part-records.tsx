import { Disclosure } from '@/components/ui/disclosure'
import { RowTh, Table, Td, Th } from '@/components/ui/table'
import type { ExplainPart } from '@/lib/contract/allocations'
import { counted, filterWords } from '@/lib/presentation/explain-words'
import { formatQuantity } from '@/lib/presentation/money'
import { absoluteTime, bucketTime } from '@/lib/presentation/relative-time'

type Batch = Pick<ExplainPart['records'][number], 'batch_id' | 'operation' | 'sender' | 'received_at'>

const BatchName = ({ batch }: { batch: Batch }) => (
  <span title={absoluteTime(batch.received_at)}>
    #{batch.batch_id}, {batch.operation} by {batch.sender}
  </span>
)

/** The batch that a value is of; where several made it, what each gave. */
function RecordBatches({ record }: { record: ExplainPart['records'][number] }) {
  const { batches, batches_rest: rest } = record
  const isUndone = !batches.some(({ batch_id }) => batch_id === record.batch_id)
  return (
    <ul>
      {batches.map((batch) => (
        <li key={batch.batch_id}>
          {batches.length > 1 && <span className="tnum">{formatQuantity(batch.value)}: </span>}
          <BatchName batch={batch} />
        </li>
      ))}
      {rest.batches > 0 && (
        <li>
          <span className="tnum">{formatQuantity(rest.value)}</span>:{' '}
          {counted(rest.batches, 'earlier batch', 'earlier batches')}
        </li>
      )}
      {isUndone && (
        <li>
          changed last by <BatchName batch={record} />
        </li>
      )}
    </ul>
  )
}

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
            <Th>Batches</Th>
          </tr>
        </thead>
        <tbody>
          {records.map((record) => (
            <tr key={`${record.timestamp}|${record.element_name}|${record.batch_id}|${filterWords(record.filter)}`}>
              <RowTh className="font-normal whitespace-nowrap">{bucketTime(record.timestamp)}</RowTh>
              <Td>{record.element_name}</Td>
              <Td numeric>{formatQuantity(record.value)}</Td>
              <Td className="min-w-40 text-soft">{filterWords(record.filter)}</Td>
              <Td className="whitespace-nowrap text-soft">
                <RecordBatches record={record} />
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
