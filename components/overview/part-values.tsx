import { Disclosure } from '@/components/ui/disclosure'
import { RowTh, Table, Td, Th } from '@/components/ui/table'
import type { ExplainPart } from '@/lib/contract/allocations'
import { counted } from '@/lib/presentation/explain-words'
import { formatQuantity } from '@/lib/presentation/money'
import { bucketTime } from '@/lib/presentation/relative-time'

/** What a rule went by. */
export function PartValues({ part: { values, values_rest: rest, driver } }: { part: ExplainPart }) {
  if (values.length === 0) return null
  return (
    <Disclosure title={`What the rule went by (${values.length + rest.values})`}>
      <Table caption={`Values of the rule: ${driver?.name ?? ''}`} regionClassName="rounded-md border">
        <thead>
          <tr>
            <Th>Element</Th>
            <Th>From</Th>
            <Th numeric>Value</Th>
          </tr>
        </thead>
        <tbody>
          {values.map(({ element, bucket, value }) => (
            <tr key={`${element}|${bucket}`}>
              <RowTh className="font-normal">{element || 'Nobody'}</RowTh>
              <Td className="whitespace-nowrap text-soft">{bucket === null ? 'the definition' : bucketTime(bucket)}</Td>
              <Td numeric>{formatQuantity(value)}</Td>
            </tr>
          ))}
          {rest.values > 0 && (
            <tr className="text-soft">
              <RowTh className="font-normal" colSpan={2}>
                {counted(rest.values, 'more value')}
              </RowTh>
              <Td numeric>{formatQuantity(rest.value)}</Td>
            </tr>
          )}
        </tbody>
      </Table>
    </Disclosure>
  )
}
