'use client'
import { Switch as Radix } from 'radix-ui'
import { useId } from 'react'

/** On or off, at once. */
export function Switch({
  label,
  checked,
  onChange,
}: {
  label: string
  checked: boolean
  onChange: (checked: boolean) => void
}) {
  const id = useId()
  return (
    <span className="inline-flex min-h-8 items-center gap-2">
      <Radix.Root
        id={id}
        checked={checked}
        onCheckedChange={onChange}
        className="relative h-5 w-9 shrink-0 rounded-full border border-input bg-muted transition-colors data-[state=checked]:border-accent-solid data-[state=checked]:bg-accent-solid"
      >
        <Radix.Thumb className="block size-3.5 translate-x-0.5 rounded-full bg-(--input) transition-transform data-[state=checked]:translate-x-[1.125rem] data-[state=checked]:bg-white" />
      </Radix.Root>
      <label htmlFor={id} className="text-[13px]">
        {label}
      </label>
    </span>
  )
}
