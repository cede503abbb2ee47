'use client'
import { Check } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { cn } from '@/components/ui/cn'
import { inputClasses } from '@/components/ui/input'

export interface SearchOption {
  id: string
  label: string
  hint?: string
  /** Left out where an option is chosen once and for all. */
  checked?: boolean
}

/** A search field over its list (WAI-ARIA APG combobox, list always open), for popovers. */
export function SearchList({
  label,
  search,
  onSearch,
  options,
  onChoose,
  empty,
}: {
  label: string
  search: string
  onSearch: (text: string) => void
  options: readonly SearchOption[]
  onChoose: (id: string) => void
  /** In place of the list where nothing matches. */
  empty: string
}) {
  const id = useId()
  const [active, setActive] = useState(0)
  const at = Math.min(active, options.length - 1)
  const current = options[at]
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setActive(Math.max(0, Math.min(options.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1))))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      if (current) onChoose(current.id)
    }
  }
  return (
    <div className="grid gap-2">
      <input
        role="combobox"
        aria-label={label}
        aria-expanded
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={current ? `${id}-${at}` : undefined}
        placeholder="Search"
        autoComplete="off"
        value={search}
        onChange={(event) => {
          onSearch(event.target.value)
          setActive(0)
        }}
        onKeyDown={onKeyDown}
        className={inputClasses}
      />
      <div
        role="listbox"
        id={`${id}-list`}
        aria-label={label}
        aria-multiselectable={options.some(({ checked }) => checked !== undefined) || undefined}
        className="max-h-64 overflow-y-auto"
      >
        {options.map((option, index) => (
          <Option
            key={option.id}
            id={`${id}-${index}`}
            option={option}
            active={index === at}
            onChoose={() => onChoose(option.id)}
          />
        ))}
        {options.length === 0 && (
          <div
            role="option"
            aria-selected={false}
            aria-disabled
            tabIndex={-1}
            className="px-2 py-1.5 text-[13px] text-soft"
          >
            {empty}
          </div>
        )}
      </div>
    </div>
  )
}

function Option({
  id,
  option,
  active,
  onChoose,
}: {
  id: string
  option: SearchOption
  active: boolean
  onChoose: () => void
}) {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (active) ref.current?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox has the focus and handles the keys
    <div
      ref={ref}
      id={id}
      role="option"
      aria-selected={option.checked ?? active}
      tabIndex={-1}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
      className={cn(
        'flex cursor-pointer items-center gap-2 rounded-md px-2 py-1.5 text-[13px] hover:bg-muted',
        active && 'bg-muted',
      )}
    >
      {option.checked !== undefined && (
        <span
          aria-hidden
          className={cn(
            'grid size-4 shrink-0 place-items-center rounded border border-input',
            option.checked && 'border-accent-solid bg-accent-solid text-white',
          )}
        >
          {option.checked && <Check className="size-3" />}
        </span>
      )}
      <span className="min-w-0 break-words">{option.label}</span>
      {option.hint && <span className="ml-auto shrink-0 pl-2 text-xs text-soft">{option.hint}</span>}
    </div>
  )
}
