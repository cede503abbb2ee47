import { cn } from '@/components/ui/cn'
import type { CoverageStrip } from '@/lib/presentation/coverage/days'
import { DAY_STATUS } from '@/lib/presentation/coverage/status-words'

/** The letters that stand in the strips. */
export function CoverageLegend({ strips }: { strips: readonly CoverageStrip[] }) {
  const used = new Set(strips.flatMap(({ days }) => days.map(({ status }) => status)))
  const shown = (Object.keys(DAY_STATUS) as (keyof typeof DAY_STATUS)[]).filter((status) => used.has(status))
  return (
    <ul aria-label="Legend" className="flex flex-wrap gap-x-4 gap-y-1.5 text-xs text-soft">
      {shown.map((status) => {
        const { label, letter, hint, className } = DAY_STATUS[status]
        return (
          <li key={status} className="inline-flex items-center gap-1.5" title={hint}>
            <span
              aria-hidden
              className={cn(
                'grid size-4 place-items-center rounded-[4px] text-[10px] font-semibold',
                className,
                status === 'none' && 'border border-dashed',
              )}
            >
              {letter}
            </span>
            {label}
          </li>
        )
      })}
    </ul>
  )
}
