'use client'
import { useMemo } from 'react'
import { sourceNames } from '@/lib/presentation/costformation/completions'
import type { FormList } from '@/lib/presentation/costformation/definition-form'
import type { Path } from '@/lib/presentation/costformation/yaml-places'
import { useForm } from './form-context'
import { ListField } from './list-field'

/** What is read off a cost line: one source, or several. */
export function SourceField({ path, list, inherited }: { path: Path; list: FormList; inherited?: readonly string[] }) {
  const { vocabulary } = useForm()
  const options = useMemo(
    () => sourceNames(vocabulary).map(({ name, detail }) => ({ value: name, detail })),
    [vocabulary],
  )
  return (
    <ListField
      place={{ path, list, one: 'Source', many: 'Sources' }}
      label="Source"
      options={options}
      placeholder={
        list.values.length > 0
          ? 'Another source'
          : inherited?.length
            ? `As above: ${inherited.join(', ')}`
            : 'Source, such as Service'
      }
    />
  )
}
