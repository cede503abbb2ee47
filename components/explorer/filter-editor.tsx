'use client'
import { useDeferredValue, useState } from 'react'
import { SearchList } from '@/components/controls/search-list'
import { Button } from '@/components/ui/button'
import { Segmented } from '@/components/ui/segmented'
import { useValues } from '@/lib/client/explorer'
import type { CostKey } from '@/lib/contract/explorer'
import type { Filter } from '@/lib/presentation/explorer/filters'
import { keyLabel, noValueLabel } from '@/lib/presentation/explorer/keys'
import { formatCount } from '@/lib/presentation/money'

const SENSES = [
  { value: 'is', label: 'is' },
  { value: 'not', label: 'is not' },
] as const

/** Is or is not, and any of the values that the bills have for the key. */
export function FilterEditor({
  draft,
  keys,
  onChange,
  onDone,
}: {
  draft: Filter
  keys: readonly CostKey[]
  onChange: (draft: Filter) => void
  onDone: () => void
}) {
  const [search, setSearch] = useState('')
  const found = useValues({ key: draft.key, search: useDeferredValue(search) })
  const values = found.data?.values ?? []
  // Those that are chosen stay in sight, whatever is searched.
  const hidden = search === '' ? draft.values.filter((value) => !values.some((one) => (one.value ?? '') === value)) : []
  const options = [
    ...hidden.map((value) => ({ value, lines: null })),
    ...values.map(({ value, lines }) => ({ value: value ?? '', lines })),
  ]
  const toggle = (value: string) =>
    onChange({
      ...draft,
      values: draft.values.includes(value) ? draft.values.filter((one) => one !== value) : [...draft.values, value],
    })
  const empty = found.isPending ? 'Looking …' : found.error ? found.error.message : 'No such value in the bills'
  return (
    <>
      <div className="flex items-center justify-between gap-2">
        <Segmented
          label="Sense of the filter"
          value={draft.not ? 'not' : 'is'}
          options={SENSES}
          onChange={(sense) => onChange({ ...draft, not: sense === 'not' })}
        />
        <Button size="sm" variant="primary" onClick={onDone}>
          Done
        </Button>
      </div>
      <SearchList
        label={`Values of ${keyLabel(draft.key, keys)}`}
        search={search}
        onSearch={setSearch}
        options={options.map(({ value, lines }) => ({
          id: value,
          label: value === '' ? noValueLabel(draft.key, keys) : value,
          hint: lines === null ? undefined : `${formatCount(lines)} ${lines === 1 ? 'line' : 'lines'}`,
          checked: draft.values.includes(value),
        }))}
        onChoose={toggle}
        empty={empty}
      />
      {found.data?.more && <p className="px-2 text-xs text-soft">There are more: search for them.</p>}
    </>
  )
}
