import { Disclosure } from '@/components/ui/disclosure'
import { RowTh, Table, Td, Th } from '@/components/ui/table'
import type { ExplainPart } from '@/lib/contract/allocations'
import { counted } from '@/lib/presentation/explain-words'
import { bucketTime } from '@/lib/presentation/relative-time'
import { Money } from './explain-money'

export function PartLines({ part: { top_lines: lines, lines_rest: rest, lines: count } }: { part: ExplainPart }) {
  if (lines.length === 0) return null
  return (
    <Disclosure title={rest.lines > 0 ? `Largest of ${counted(count, 'cost line')}` : counted(count, 'cost line')}>
      <Table caption="Cost lines" regionClassName="rounded-md border">
        <thead>
          <tr>
            <Th>Charge period</Th>
            <Th>What</Th>
            <Th numeric>Cost</Th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: cost lines may be alike in every column
            <tr key={index}>
              <RowTh className="font-normal whitespace-nowrap">{bucketTime(line.charge_period_start)}</RowTh>
              <Td className="min-w-56">
                <span className="block">{line.description || line.service || 'No description'}</span>
                <span className="block text-xs break-all text-subtle">
                  {[
                    line.description ? line.service : '',
                    line.resource,
                    line.lines > 1 ? `${counted(line.lines, 'line')} alike` : '',
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </Td>
              <Td numeric>
                <Money amount={line.cost} plain />
              </Td>
            </tr>
          ))}
          {rest.lines > 0 && (
            <tr className="text-soft">
              <RowTh className="font-normal" colSpan={2}>
                {counted(rest.lines, 'more line')}
              </RowTh>
              <Td numeric>
                <Money amount={rest.cost} plain />
              </Td>
            </tr>
          )}
        </tbody>
      </Table>
    </Disclosure>
  )
}
