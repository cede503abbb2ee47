'use client'
import { Popover } from 'radix-ui'
import { useState } from 'react'
import type { CostKey } from '@/lib/contract/explorer'
import { filterWords } from '@/lib/presentation/explorer/filter-words'
import type { Filter } from '@/lib/presentation/explorer/filters'
import { keyLabel } from '@/lib/presentation/explorer/keys'
import { Chip } from './chip'
import { FilterEditor } from './filter-editor'
import { MenuPanel } from './menu-panel'

/** One filter in words; pressed, it shows the values to choose from. What was chosen counts when it closes. */
export function FilterChip({
  filter,
  keys,
  startOpen = false,
  onChange,
  onRemove,
  onClose,
}: {
  filter: Filter
  keys: readonly CostKey[]
  startOpen?: boolean
  onChange: (filter: Filter) => void
  onRemove: () => void
  onClose?: () => void
}) {
  const [open, setOpen] = useState(startOpen)
  const [draft, setDraft] = useState(filter)
  const shown = open ? draft : filter
  const { name, rest } = filterWords(shown, keys)
  const close = () => {
    setOpen(false)
    const changed = draft.not !== filter.not || draft.values.join('\n') !== filter.values.join('\n')
    if (changed) onChange(draft)
    onClose?.()
  }
  return (
    <Chip onRemove={onRemove} removeLabel={`Remove the filter ${name} ${rest}`}>
      <Popover.Root
        open={open}
        onOpenChange={(next) => {
          if (!next) return close()
          setDraft(filter)
          setOpen(true)
        }}
      >
        <Popover.Trigger asChild>
          <button type="button" className="h-full min-w-0 truncate rounded-l-md pr-1 pl-2.5 hover:bg-muted">
            <span className="font-medium">{name}</span> {rest}
          </button>
        </Popover.Trigger>
        <MenuPanel label={`Values of ${keyLabel(filter.key, keys)}`}>
          <FilterEditor draft={draft} keys={keys} onChange={setDraft} onDone={close} />
        </MenuPanel>
      </Popover.Root>
    </Chip>
  )
}
