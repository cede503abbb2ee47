'use client'
import { X } from 'lucide-react'
import { useId, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { addToList, changeInList, type ListPlace, removeFromList } from '@/lib/presentation/costformation/form-edits'
import { useForm } from './form-context'
import { TextInput } from './text-input'

/** Several texts, each with a field of its own, and one to add another. */
export function ListField({
  place,
  label,
  options,
  onSearch,
  placeholder,
}: {
  place: ListPlace
  /** `Source`, `Value`: of one item. */
  label: string
  options: readonly { value: string; detail: string }[]
  /** Asked with what is being typed. */
  onSearch?: (text: string) => void
  placeholder: string
}) {
  const { run } = useForm()
  const [added, setAdded] = useState('')
  const id = useId()
  const { values } = place.list
  const add = () => {
    const value = added.trim()
    if (value !== '' && !values.includes(value) && run(addToList(place, value))) setAdded('')
  }
  return (
    <div className="grid min-w-0 flex-1 grid-cols-1 gap-1.5">
      <datalist id={id}>
        {options.map(({ value, detail }) => (
          <option key={value} value={value}>
            {detail}
          </option>
        ))}
      </datalist>
      {values.map((value, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a field stays the field of its place while its text changes
        <div key={index} className="flex gap-1">
          <TextInput
            value={value}
            list={id}
            aria-label={values.length > 1 ? `${label} ${index + 1}` : label}
            onCommit={(next) =>
              run(next.trim() === '' ? removeFromList(place, index) : changeInList(place, index, next.trim()))
            }
          />
          <Button
            variant="ghost"
            size="icon"
            aria-label={`Remove the ${label.toLowerCase()} ${value}`}
            onClick={() => run(removeFromList(place, index))}
          >
            <X aria-hidden />
          </Button>
        </div>
      ))}
      <Input
        value={added}
        list={id}
        aria-label={`Add a ${label.toLowerCase()}`}
        placeholder={placeholder}
        autoComplete="off"
        onFocus={() => onSearch?.('')}
        onChange={(event) => {
          setAdded(event.target.value)
          onSearch?.(event.target.value)
        }}
        onBlur={add}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          add()
        }}
      />
    </div>
  )
}
