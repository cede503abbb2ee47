'use client'
import { Popover } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { SearchList } from '@/components/controls/search-list'
import type { CostKey } from '@/lib/contract/explorer'
import { findKeys, KEY_KINDS } from '@/lib/presentation/explorer/keys'
import { MenuPanel } from './menu-panel'

const SHOWN = 200

/** A button that opens the list of keys: dimensions, FOCUS columns, tags. */
export function KeyMenu({
  label,
  keys,
  without,
  onChoose,
  keepsFocus,
  children,
}: {
  label: string
  keys: readonly CostKey[]
  without: readonly string[]
  onChoose: (key: string) => void
  keepsFocus?: boolean
  /** The button. */
  children: ReactNode
}) {
  const [open, setOpen] = useState(false)
  const [search, setSearch] = useState('')
  const found = findKeys({ keys, search, without }).slice(0, SHOWN)
  return (
    <Popover.Root
      open={open}
      onOpenChange={(next) => {
        setOpen(next)
        setSearch('')
      }}
    >
      <Popover.Trigger asChild>{children}</Popover.Trigger>
      <MenuPanel label={label} keepsFocus={keepsFocus}>
        <SearchList
          label={label}
          search={search}
          onSearch={setSearch}
          options={found.map(({ key, label: name, kind }) => ({ id: key, label: name, hint: KEY_KINDS[kind] }))}
          onChoose={(key) => {
            setOpen(false)
            onChoose(key)
          }}
          empty="Nothing has such a name"
        />
      </MenuPanel>
    </Popover.Root>
  )
}
