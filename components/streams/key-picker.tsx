'use client'
import { X } from 'lucide-react'
import { type KeyboardEvent, useId, useState } from 'react'
import { inputClasses } from '@/components/ui/input'
import { useCatalogue } from '@/lib/client/costs'
import { keyOptions, MAX_FILTER_KEYS } from '@/lib/presentation/key-options'
import { KeyOption } from './key-option'

/** A combobox (WAI-ARIA APG, list autocomplete) over what the bills have, for up to five keys. */
export function KeyPicker({ keys, onChange }: { keys: string[]; onChange: (keys: string[]) => void }) {
  const id = useId()
  const { data } = useCatalogue()
  const [search, setSearch] = useState('')
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(0)
  const full = keys.length >= MAX_FILTER_KEYS
  const options = keyOptions({ keys: data?.keys ?? [], chosen: keys, search }).slice(0, 50)
  const current = options[Math.min(active, options.length - 1)]
  const add = (key: string) => {
    onChange([...keys, key])
    setSearch('')
    setActive(0)
    setOpen(false)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setOpen(true)
      const step = event.key === 'ArrowDown' ? 1 : -1
      setActive((at) => Math.max(0, Math.min(options.length - 1, at + step)))
    } else if (event.key === 'Enter' && open && current) {
      event.preventDefault()
      add(current.key)
    } else if (event.key === 'Escape' && open) {
      event.stopPropagation()
      setOpen(false)
    } else if (event.key === 'Backspace' && search === '') {
      onChange(keys.slice(0, -1))
    }
  }
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-[13px] font-medium">
        Filter keys{' '}
        <span className="font-normal text-subtle">
          ({keys.length} of {MAX_FILTER_KEYS})
        </span>
      </label>
      {keys.length > 0 && (
        <ul aria-label="Chosen filter keys" className="flex flex-wrap gap-1.5">
          {keys.map((key) => (
            <li
              key={key}
              className="inline-flex items-center gap-1 rounded-md border bg-muted py-0.5 pr-0.5 pl-2 font-mono text-xs"
            >
              {key}
              <button
                type="button"
                aria-label={`Remove ${key}`}
                onClick={() => onChange(keys.filter((one) => one !== key))}
                className="rounded p-0.5 text-soft hover:bg-line hover:text-fg"
              >
                <X className="size-3.5" aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="relative">
        <input
          id={id}
          role="combobox"
          aria-expanded={open && !full}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-describedby={`${id}-hint`}
          aria-activedescendant={open && current ? `${id}-${options.indexOf(current)}` : undefined}
          disabled={full}
          placeholder={full ? 'Five keys are the most' : 'Search dimensions, columns, tags'}
          value={search}
          onChange={(event) => {
            setSearch(event.target.value)
            setActive(0)
            setOpen(true)
          }}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={onKeyDown}
          autoComplete="off"
          onClick={() => setOpen(true)}
          className={`${inputClasses} w-full`}
        />
        {open && !full && (
          <div
            role="listbox"
            id={`${id}-list`}
            aria-label="Filter keys"
            // Over what follows: closing it must not move the button that is being clicked.
            className="absolute top-full z-10 mt-1 max-h-52 w-full overflow-y-auto rounded-lg border bg-surface p-1 shadow-card"
          >
            {options.map((option, at) => (
              <KeyOption
                key={option.key}
                id={`${id}-${at}`}
                option={option}
                active={option === current}
                onChoose={() => add(option.key)}
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
                {data?.keys.length ? 'Nothing has such a name' : 'No bill is loaded yet, so there is nothing to pick'}
              </div>
            )}
          </div>
        )}
      </div>
      <p id={`${id}-hint`} className="text-xs text-subtle">
        Which cost a record may point at. Without keys, a record splits all cost.
      </p>
    </div>
  )
}
