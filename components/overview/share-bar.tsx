import { cn } from '@/components/ui/cn'
import { seriesColor } from '@/components/ui/swatch'
import { toPixels } from '@/lib/presentation/axis'
import type { SplitSeries } from '@/lib/presentation/split'

/** The shares as widths; credits, which have no width, are left to the numbers. */
export function ShareBar({ series }: { series: readonly SplitSeries[] }) {
  const widths = series.map(({ total }) => Math.max(0, toPixels(total) ?? 0))
  const sum = widths.reduce((all, width) => all + width, 0)
  if (sum === 0) return <div aria-hidden className="h-2.5 rounded-full bg-muted" />
  return (
    <div aria-hidden className="flex h-2.5 gap-0.5 overflow-hidden rounded-full">
      {series.map(({ kind, name, slot }, at) => (
        <span
          key={`${kind}:${name}`}
          className={cn('h-full min-w-0.5', kind === 'unallocated' && 'hatched')}
          style={{
            flexGrow: (widths[at] ?? 0) / sum,
            background: kind === 'unallocated' ? undefined : seriesColor(kind, slot),
          }}
        />
      ))}
    </div>
  )
}
