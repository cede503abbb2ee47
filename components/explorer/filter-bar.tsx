'use client'
import { ListFilter, Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { type Filter, parseFilters, writeFilters } from '@/lib/presentation/explorer/filters'
import { FilterChip } from './filter-chip'
import { KeyMenu } from './key-menu'
import type { Explorer } from './use-explorer'

/** Which cost counts. A filter that has no value yet is here only, not in the address. */
export function FilterBar({ explorer }: { explorer: Explorer }) {
  const { keys, params, setFilter } = explorer
  const [fresh, setFresh] = useState<string | null>(null)
  const filters = parseFilters(params.filter)
  const replace = (at: number, next: Filter | null) =>
    setFilter(writeFilters(filters.flatMap((filter, index) => (index === at ? (next ?? []) : filter))))
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-2">
      <span className="inline-flex items-center gap-1.5 text-[13px] text-soft">
        <ListFilter className="size-4" aria-hidden /> Filter
      </span>
      {(filters.length > 0 || fresh !== null) && (
        <ul aria-label="Filters" className="flex min-w-0 flex-wrap gap-2">
          {filters.map((filter, at) => (
            <FilterChip
              key={`${filter.not}${filter.key}`}
              filter={filter}
              keys={keys}
              onChange={(next) => replace(at, next.values.length > 0 ? next : null)}
              onRemove={() => replace(at, null)}
            />
          ))}
          {fresh !== null && (
            <FilterChip
              key={`fresh ${fresh}`}
              filter={{ key: fresh, not: false, values: [] }}
              keys={keys}
              startOpen
              onChange={(next) => setFilter(writeFilters([...filters, next]))}
              onRemove={() => setFresh(null)}
              onClose={() => setFresh(null)}
            />
          )}
        </ul>
      )}
      <KeyMenu label="Filter by" keys={keys} without={filters.map(({ key }) => key)} onChoose={setFresh} keepsFocus>
        <Button variant="ghost">
          <Plus aria-hidden /> Add a filter
        </Button>
      </KeyMenu>
    </div>
  )
}
