import { Disclosure } from '@/components/ui/disclosure'
import { RowTh, Table, Td, Th } from '@/components/ui/table'
import type { SchemaField } from '@/lib/presentation/openapi'

export function FieldTable({
  title,
  caption,
  fields,
  always = false,
  closed = false,
}: {
  title: string
  caption: string
  fields: readonly SchemaField[]
  /** Show the title even where there are no fields to list. */
  always?: boolean
  closed?: boolean
}) {
  const described = fields.some((field) => field.description !== '')
  if (fields.length === 0) {
    return always ? <p className="border-t px-4 py-2.5 text-[13px] text-soft sm:px-5">{title}</p> : null
  }
  return (
    <div className="border-t px-4 py-2.5 sm:px-5">
      <Disclosure title={title} open={!closed}>
        <Table caption={caption} regionClassName="rounded-md border">
          <thead>
            <tr>
              <Th className="border-t-0">Name</Th>
              <Th className="border-t-0">Type</Th>
              {described && <Th className="border-t-0">Meaning</Th>}
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <tr key={field.name} className="align-top">
                <RowTh className="font-mono text-xs whitespace-nowrap">
                  {field.name}
                  {field.required && <span className="ml-1.5 font-sans text-subtle">required</span>}
                </RowTh>
                <Td className="font-mono text-xs break-words text-soft">{field.type}</Td>
                {described && <Td className="text-soft">{field.description}</Td>}
              </tr>
            ))}
          </tbody>
        </Table>
      </Disclosure>
    </div>
  )
}
