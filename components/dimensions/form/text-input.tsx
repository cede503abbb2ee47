'use client'
import { type ComponentProps, useEffect, useRef, useState } from 'react'
import { Input } from '@/components/ui/input'

/** A text that is written into the document when it is done: on Enter, and on leaving it. Escape takes it back. */
export function TextInput({
  value,
  onCommit,
  ...props
}: Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'onBlur'> & {
  value: string
  onCommit: (value: string) => unknown
}) {
  const [text, setText] = useState(value)
  const given = useRef(value)
  useEffect(() => {
    if (given.current !== value) setText(value)
    given.current = value
  }, [value])
  const commit = () => {
    if (text !== value) onCommit(text)
  }
  return (
    <Input
      {...props}
      value={text}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => setText(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          event.preventDefault()
          commit()
        }
        if (event.key === 'Escape') setText(value)
      }}
    />
  )
}
