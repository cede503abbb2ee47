'use client'
import { X } from 'lucide-react'
import { useId, useState } from 'react'
import { SearchList } from '@/components/controls/search-list'
import { useCatalogue } from '@/lib/client/costs'
import { exampleWords, KIND_WORDS, keyOptions, MAX_FILTER_KEYS } from '@/lib/presentation/key-options'

const SHOWN = 50

/** Up to five keys out of what the bills have. */
export function KeyPicker({ keys, onChange }: { keys: string[]; onChange: (keys: string[]) => void }) {
  const id = useId()
  const { data } = useCatalogue()
  const [search, setSearch] = useState('')
  const full = keys.length >= MAX_FILTER_KEYS
  const options = keyOptions({ keys: data?.keys ?? [], chosen: keys, search }).slice(0, SHOWN)
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
      <SearchList
        label="Filter keys"
        opens
        search={search}
        onSearch={setSearch}
        options={options.map((option) => ({
          id: option.key,
          label: option.key,
          hint: KIND_WORDS[option.kind],
          detail: exampleWords(option),
        }))}
        onChoose={(key) => {
          onChange([...keys, key])
          setSearch('')
        }}
        empty={data?.keys.length ? 'Nothing has such a name' : 'No bill is loaded yet, so there is nothing to pick'}
        input={{
          id,
          'aria-describedby': `${id}-hint`,
          disabled: full,
          placeholder: full ? 'Five keys are the most' : 'Search dimensions, columns, tags',
          onKeyDown: (event) => {
            if (event.key === 'Backspace' && search === '') onChange(keys.slice(0, -1))
          },
        }}
      />
      <p id={`${id}-hint`} className="text-xs text-subtle">
        Which cost a record may point at. Without keys, a record splits all cost.
      </p>
    </div>
  )
}
