'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import type { FormDimension } from '@/lib/presentation/costformation/definition-form'
import { addDimension, idFor, newDimension } from '@/lib/presentation/costformation/form-edits'
import { useForm } from './form-context'

export function AddDimension({
  dimensions,
  onAdded,
}: {
  dimensions: readonly FormDimension[]
  onAdded: (id: string) => void
}) {
  const { run } = useForm()
  const [name, setName] = useState('')
  const add = (kind: 'Grouping' | 'Allocation') => {
    const title = name.trim()
    if (title === '') return
    const id = idFor(title, dimensions)
    if (!run(addDimension({ id, value: newDimension(kind, title) }))) return
    setName('')
    onAdded(id)
  }
  return (
    <form
      className="flex flex-wrap items-end gap-2 border-t px-4 py-3 sm:px-5"
      onSubmit={(event) => {
        event.preventDefault()
        add('Grouping')
      }}
    >
      <Field label="New dimension" className="min-w-48 flex-1">
        {(props) => (
          <Input
            {...props}
            value={name}
            placeholder="Product"
            autoComplete="off"
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" disabled={name.trim() === ''}>
        Add with rules
      </Button>
      <Button disabled={name.trim() === ''} onClick={() => add('Allocation')}>
        Add as a split
      </Button>
    </form>
  )
}
