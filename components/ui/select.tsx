'use client'
import { Check, ChevronDown } from 'lucide-react'
import { Select as Radix } from 'radix-ui'
import { cn } from './cn'

export interface SelectOption<Value extends string> {
  value: Value
  label: string
  hint?: string
}

export function Select<Value extends string>({
  label,
  value,
  options,
  onChange,
  id,
  prefix,
  className,
}: {
  /** Accessible name; leave out where a <label> names `id`. */
  label?: string
  value: Value
  options: readonly SelectOption<Value>[]
  onChange: (value: Value) => void
  id?: string
  /** A quiet word before the value, in place of a label above. */
  prefix?: string
  className?: string
}) {
  return (
    <Radix.Root value={value} onValueChange={(next) => onChange(next as Value)}>
      <Radix.Trigger
        id={id}
        aria-label={label}
        className={cn(
          'inline-flex h-8 max-w-full items-center justify-between gap-1.5 rounded-md border border-input bg-surface px-2.5 text-[13px] shadow-card transition-colors hover:bg-muted',
          className,
        )}
      >
        {prefix && <span className="text-subtle">{prefix}</span>}
        <span className="truncate font-medium">
          <Radix.Value>{options.find((option) => option.value === value)?.label ?? value}</Radix.Value>
        </span>
        <Radix.Icon asChild>
          <ChevronDown className="size-3.5 text-subtle" aria-hidden />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          className="z-50 max-h-80 min-w-(--radix-select-trigger-width) max-w-[90vw] animate-enter overflow-hidden rounded-lg border bg-surface p-1 shadow-float"
        >
          <Radix.Viewport>
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                className="flex cursor-default items-start gap-2 rounded-md py-1.5 pr-3 pl-2 text-[13px] outline-none data-highlighted:bg-muted"
              >
                <span className="mt-0.5 size-4">
                  <Radix.ItemIndicator>
                    <Check className="size-4 text-accent" aria-hidden />
                  </Radix.ItemIndicator>
                </span>
                <span className="grid">
                  <Radix.ItemText>{option.label}</Radix.ItemText>
                  {option.hint && <span className="text-xs text-subtle">{option.hint}</span>}
                </span>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
