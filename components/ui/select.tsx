'use client'
import { Check, ChevronDown } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { cn } from './cn'

export interface SelectOption<Value extends string> {
  value: Value
  label: string
  hint?: string
}

/**
 * A button that opens a menu of choices, in place, so that it stays inside its landmark. Not Radix' Select: that one hides the page from assistive technology while
 * things in it can still take the focus, which WCAG 2.1 AA (4.1.2) forbids.
 */
export function Select<Value extends string>({
  label,
  value,
  options,
  onChange,
  id,
  className,
}: {
  label: string
  value: Value
  options: readonly SelectOption<Value>[]
  onChange: (value: Value) => void
  id?: string
  className?: string
}) {
  const current = options.find((option) => option.value === value)?.label ?? value
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        id={id}
        aria-label={`${label}: ${current}`}
        className={cn(
          'inline-flex h-8 max-w-full items-center justify-between gap-1.5 rounded-md border border-input bg-surface px-2.5 text-[13px] shadow-card transition-colors hover:bg-muted',
          className,
        )}
      >
        <span className="truncate font-medium">{current}</span>
        <ChevronDown className="size-3.5 shrink-0 text-subtle" aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Content
        align="start"
        sideOffset={4}
        collisionPadding={12}
        className="z-60 max-h-80 min-w-(--radix-dropdown-menu-trigger-width) max-w-[90vw] animate-enter overflow-y-auto rounded-lg border bg-surface p-1 shadow-float"
      >
        <DropdownMenu.RadioGroup value={value} onValueChange={(next) => onChange(next as Value)}>
          {options.map((option) => (
            <DropdownMenu.RadioItem
              key={option.value}
              value={option.value}
              className="flex cursor-default items-start gap-2 rounded-md py-1.5 pr-3 pl-2 text-[13px] outline-none data-highlighted:bg-muted"
            >
              <span className="mt-0.5 size-4 shrink-0">
                <DropdownMenu.ItemIndicator>
                  <Check className="size-4 text-accent" aria-hidden />
                </DropdownMenu.ItemIndicator>
              </span>
              <span className="grid">
                {option.label}
                {option.hint && <span className="text-xs text-subtle">{option.hint}</span>}
              </span>
            </DropdownMenu.RadioItem>
          ))}
        </DropdownMenu.RadioGroup>
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  )
}
