import { ChevronRight } from 'lucide-react'
import { readTrail } from '@/lib/presentation/explorer/drill'
import { filterWords } from '@/lib/presentation/explorer/filter-words'
import { parseFilters } from '@/lib/presentation/explorer/filters'
import { keyLabel } from '@/lib/presentation/explorer/keys'
import type { Explorer } from './use-explorer'

/** The way down, level by level, each a way back. */
export function Trail({ explorer }: { explorer: Explorer }) {
  const { params, keys, back } = explorer
  const levels = readTrail(params.trail)
  if (levels.length === 0) return null
  // What each step fixed: the filters that the next level has and this one has not.
  const steps = levels.map((level, at) => {
    const next = levels[at + 1]?.filter ?? params.filter
    const added = parseFilters(next.filter((text) => !level.filter.includes(text)))
    return {
      label: level.label,
      chosen: added.map((filter) => filterWords(filter, keys).rest.replace(/^is /, '')).join(' · '),
    }
  })
  return (
    <nav aria-label="The way down">
      <ol className="flex flex-wrap items-center gap-x-1 gap-y-1 text-[13px]">
        {steps.map(({ label, chosen }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a level is its place in the trail
          <li key={at} className="inline-flex min-w-0 items-center gap-1">
            <button
              type="button"
              onClick={() => back(at)}
              className="max-w-full truncate rounded-md px-1.5 py-1 text-accent-strong hover:bg-muted"
            >
              {label}
              {chosen && <span className="text-soft">: {chosen}</span>}
            </button>
            <ChevronRight className="size-3.5 shrink-0 text-subtle" aria-hidden />
          </li>
        ))}
        <li aria-current="page" className="px-1.5 py-1 font-medium">
          {params.group.map((key) => keyLabel(key, keys)).join(', ') || 'All cost'}
        </li>
      </ol>
    </nav>
  )
}
