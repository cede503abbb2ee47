'use client'
import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { useId } from 'react'
import { Badge } from '@/components/ui/badge'
import { cn } from '@/components/ui/cn'
import type { Metric } from '@/lib/contract/common'
import type { Dimension } from '@/lib/contract/costformation'
import type { DateRange } from '@/lib/presentation/date-range'
import { DimensionElements } from './dimension-elements'

export function DimensionItem({
  dimension,
  open,
  onToggle,
  range,
  metric,
}: {
  dimension: Dimension
  open: boolean
  onToggle: () => void
  range: DateRange | null
  metric: Metric
}) {
  const id = useId()
  return (
    <li>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={onToggle}
        className="flex w-full flex-wrap items-center gap-2 px-4 py-2.5 text-left hover:bg-muted/50 focus-visible:-outline-offset-2 sm:px-5"
      >
        <ChevronRight className={cn('size-4 text-subtle transition-transform', open && 'rotate-90')} aria-hidden />
        <span className="text-[13px] font-medium">{dimension.name}</span>
        <span className="ml-auto flex gap-1.5">
          {dimension.disabled && <Badge tone="warning">Disabled</Badge>}
          {dimension.hidden && <Badge>Hidden</Badge>}
          <Badge tone={dimension.type === 'Allocation' ? 'info' : 'neutral'}>{dimension.type}</Badge>
        </span>
      </button>
      <div id={id} hidden={!open} className="px-4 pb-4 sm:px-5">
        {open && (
          <div className="grid gap-3">
            <p className="text-[13px] text-soft">
              <code className="font-mono text-xs">User:Defined:{dimension.id}</code>
              {dimension.streams.map((name) => (
                <span key={name}>
                  {' · by '}
                  <Link
                    href={`/streams/${encodeURIComponent(name)}`}
                    className="text-accent underline underline-offset-4"
                  >
                    {name}
                  </Link>
                </span>
              ))}
              {dimension.allocated && (
                <>
                  {' · '}
                  <Link
                    href={`/?dimension=${encodeURIComponent(dimension.id)}`}
                    className="text-accent underline underline-offset-4"
                  >
                    See it over time
                  </Link>
                </>
              )}
            </p>
            {range && !dimension.disabled && (
              <DimensionElements id={dimension.id} name={dimension.name} range={range} metric={metric} />
            )}
          </div>
        )}
      </div>
    </li>
  )
}
