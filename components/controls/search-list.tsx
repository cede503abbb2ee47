'use client'
import { type ComponentProps, type KeyboardEvent, useId, useState } from 'react'
import { cn } from '@/components/ui/cn'
import { inputClasses } from '@/components/ui/input'
import { type SearchOption, SearchOptionRow } from './search-option'

/**
 * A search field over its list (WAI-ARIA APG, combobox with list autocomplete). In a popover the list stands there
 * always; `opens`: it opens while the field has the focus, over what follows.
 */
export function SearchList({
  label,
  search,
  onSearch,
  options,
  onChoose,
  empty,
  opens = false,
  input,
}: {
  label: string
  search: string
  onSearch: (text: string) => void
  options: readonly SearchOption[]
  onChoose: (id: string) => void
  /** In place of the list where nothing matches. */
  empty: string
  opens?: boolean
  /** Of the field; with an `id` its label is elsewhere. `onKeyDown` gets the keys that the list has no use for. */
  input?: Pick<ComponentProps<'input'>, 'id' | 'aria-describedby' | 'disabled' | 'placeholder' | 'onKeyDown'>
}) {
  const id = useId()
  const [active, setActive] = useState(0)
  const [opened, setOpened] = useState(false)
  const shown = !opens || (opened && !input?.disabled)
  const at = Math.min(active, options.length - 1)
  const current = options[at]
  const choose = (option: SearchOption) => {
    onChoose(option.id)
    if (!opens) return
    setOpened(false)
    setActive(0)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setOpened(true)
      setActive(Math.max(0, Math.min(options.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1))))
    } else if (event.key === 'Enter' && shown) {
      event.preventDefault()
      if (current) choose(current)
    } else if (event.key === 'Escape' && opens && opened) {
      // What lies around it stays open.
      event.stopPropagation()
      setOpened(false)
    } else {
      input?.onKeyDown?.(event)
    }
  }
  return (
    <div className={opens ? 'relative' : 'grid gap-2'}>
      <input
        placeholder="Search"
        {...input}
        role="combobox"
        aria-label={input?.id ? undefined : label}
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={shown && current ? `${id}-${at}` : undefined}
        autoComplete="off"
        value={search}
        onChange={(event) => {
          onSearch(event.target.value)
          setActive(0)
          setOpened(true)
        }}
        onFocus={() => setOpened(true)}
        onClick={() => setOpened(true)}
        onBlur={() => setOpened(false)}
        onKeyDown={onKeyDown}
        className={inputClasses}
      />
      {shown && (
        <div
          role="listbox"
          id={`${id}-list`}
          aria-label={label}
          aria-multiselectable={options.some(({ checked }) => checked !== undefined) || undefined}
          className={cn(
            'overflow-y-auto',
            // Over what follows: closing it must not move the button that is being clicked.
            opens
              ? 'absolute top-full z-10 mt-1 max-h-52 w-full rounded-lg border bg-surface p-1 shadow-card'
              : 'max-h-64',
          )}
        >
          {options.map((option, index) => (
            <SearchOptionRow
              key={option.id}
              id={`${id}-${index}`}
              option={option}
              active={index === at}
              onChoose={() => choose(option)}
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
      )}
    </div>
  )
}
