'use client'
import { useState } from 'react'
import { useOccurringValues } from '@/lib/client/definition-preview'
import { valuesKey } from '@/lib/presentation/costformation/completions'
import type { FormCondition } from '@/lib/presentation/costformation/definition-form'
import { counted } from '@/lib/presentation/explain-words'
import { useForm } from './form-context'
import { ListField } from './list-field'

/** What a source is compared with; offers what the bills really have. */
export function ValueField({
  condition: { path, values, operator },
  sources,
}: {
  condition: FormCondition
  sources: readonly string[]
}) {
  const { vocabulary } = useForm()
  const [search, setSearch] = useState<string | null>(null)
  const key = valuesKey(sources[0] ?? '', vocabulary.dimensions)
  const { data = [] } = useOccurringValues(search !== null && key ? { key, search } : null)
  return (
    <ListField
      place={{ path, list: values, one: operator, many: operator }}
      label="Value"
      options={data.map(({ value, lines }) => ({ value, detail: counted(lines, 'line') }))}
      onSearch={setSearch}
      placeholder={values.values.length > 0 ? 'Or another value' : 'Value'}
    />
  )
}
