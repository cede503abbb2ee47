import { Download } from 'lucide-react'
import { buttonClasses } from '@/components/ui/button-classes'
import { RowTh, Table, Td, Th } from '@/components/ui/table'
import type { CostImport } from '@/lib/contract/costs'
import { formatCount } from '@/lib/presentation/money'

/** The first bad cells, and the way to all of them. */
export function RejectionTable({ item }: { item: CostImport }) {
  const hasFiles = item.files.length > 1
  return (
    <div className="grid justify-items-start gap-2">
      <Table
        caption={`Rejected cells of ${item.file_name || item.source}`}
        regionClassName="w-full max-h-72 rounded-md border"
      >
        <thead>
          <tr>
            {hasFiles && <Th className="border-t-0">File</Th>}
            <Th className="border-t-0" numeric>
              Line
            </Th>
            <Th className="border-t-0">Column</Th>
            <Th className="border-t-0">Value</Th>
            <Th className="border-t-0">Reason</Th>
          </tr>
        </thead>
        <tbody>
          {item.rejections.map((one) => (
            <tr key={`${one.file}:${one.line}:${one.column}`}>
              {hasFiles && <Td className="max-w-40 break-all">{item.files[one.file]?.file_name}</Td>}
              <RowTh className="tnum text-right font-normal">{formatCount(one.line)}</RowTh>
              <Td className="break-words">{one.column}</Td>
              <Td className="max-w-48 font-mono text-xs break-all">{one.value === '' ? '(empty)' : one.value}</Td>
              <Td className="text-soft">{one.reason}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
      <a href={`/api/v1/cost-imports/${item.id}/rejected`} download className={buttonClasses({ size: 'sm' })}>
        <Download aria-hidden /> Download all rejected rows
      </a>
      <p className="text-xs text-subtle">
        Mend them in the bill and upload the whole of it again: it replaces this import.
      </p>
    </div>
  )
}
