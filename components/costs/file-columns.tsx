import { Badge } from '@/components/ui/badge'
import { RowTh, Table, Td, Th } from '@/components/ui/table'
import type { ImportPreview } from '@/lib/contract/import-preview'
import { type MappingDraft, rolesOf } from '@/lib/presentation/mapping-draft'

/** The file's own columns, with what stands in them and what they are used for. */
export function FileColumns({ columns, draft }: { columns: ImportPreview['columns']; draft: MappingDraft }) {
  const roles = rolesOf(draft)
  return (
    <Table caption="Columns of the file" regionClassName="max-h-132 rounded-md border" className="text-xs">
      <thead className="sticky top-0 z-10 bg-surface">
        <tr>
          <Th className="border-t-0">Column of the file</Th>
          <Th className="border-t-0">Holds</Th>
          <Th className="border-t-0">Used as</Th>
        </tr>
      </thead>
      <tbody>
        {columns.map(({ name, examples }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a header may name two columns alike
          <tr key={index}>
            <RowTh className="max-w-48 break-words">{name || '(no name)'}</RowTh>
            <Td className="max-w-64 truncate font-mono text-soft" title={examples.join(' · ')}>
              {examples.length > 0 ? examples.join(' · ') : '(empty)'}
            </Td>
            <Td>
              <span className="flex flex-wrap gap-1">
                {(roles.get(name) ?? []).map((role) => (
                  <Badge key={role} tone="info">
                    {role}
                  </Badge>
                ))}
              </span>
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
