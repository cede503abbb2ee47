import { Disclosure } from '@/components/ui/disclosure'
import { RowTh, Table, Td, Th } from '@/components/ui/table'
import type { Explanation } from '@/lib/contract/allocations'
import { formatAmount, formatCount, type Unit } from '@/lib/presentation/money'
import { bucketTime } from '@/lib/presentation/relative-time'

export function PartLines({
  lines,
  count,
  unit,
}: {
  lines: Explanation['parts'][number]['top_lines']
  count: number
  unit: Unit
}) {
  const title =
    lines.length < count ? `Largest cost lines (${lines.length} of ${formatCount(count)})` : `Cost lines (${count})`
  return (
    <Disclosure title={title}>
      <Table caption={title} regionClassName="rounded-md border">
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
                <span className="block">{line.description || line.service}</span>
                <span className="block text-xs break-all text-subtle">
                  {[line.description ? line.service : '', line.resource].filter(Boolean).join(' · ')}
                </span>
              </Td>
              <Td numeric>{formatAmount(line.cost, unit)}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Disclosure>
  )
}
