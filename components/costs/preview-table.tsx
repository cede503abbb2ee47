import { Table, Td, Th } from '@/components/ui/table'
import type { ImportPreview } from '@/lib/contract/import-preview'
import { formatCount } from '@/lib/presentation/money'
import { previewTable } from '@/lib/presentation/preview-table'

/** The first rows as they will be; bad cells stand as the file has them, with the reason at the beginning of the row. */
export function PreviewTable({ preview }: { preview: ImportPreview }) {
  const { heads, rows } = previewTable(preview)
  const hasProblems = rows.some(({ problems }) => problems.length > 0)
  return (
    <Table caption="The first rows as they will be" regionClassName="max-h-96 rounded-md border" className="text-xs">
      <thead className="sticky top-0 z-10 bg-surface">
        <tr>
          <Th className="border-t-0" numeric>
            Line
          </Th>
          {hasProblems && <Th className="border-t-0">Refused, because</Th>}
          {heads.map(({ label, isNumeric }) => (
            <Th key={label} className="border-t-0" numeric={isNumeric}>
              {label}
            </Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ line, cells, problems }) => (
          <tr key={line}>
            <Td numeric className="text-subtle">
              {formatCount(line)}
            </Td>
            {hasProblems && <Td className="min-w-44 text-bad">{problems.join('; ')}</Td>}
            {heads.map(({ label, isNumeric }, index) => {
              const { text = '', reason = null } = cells[index] ?? {}
              return (
                <Td key={label} numeric={isNumeric} className="max-w-56 truncate" title={reason ?? text}>
                  {reason ? (
                    <span className="rounded-sm bg-bad-soft px-1 font-medium text-bad">
                      <span className="sr-only">Bad: </span>
                      {text}
                    </span>
                  ) : (
                    text || <span className="text-subtle">–</span>
                  )}
                </Td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
