import { Swatch } from '@/components/ui/swatch'
import type { SplitSeries } from '@/lib/presentation/split'

export function ChartLegend({ series }: { series: readonly SplitSeries[] }) {
  return (
    <ul aria-label="Legend" className="mt-3 flex flex-wrap gap-x-4 gap-y-1.5">
      {series.map(({ kind, name, slot }) => (
        <li key={`${kind}:${name}`} className="inline-flex min-w-0 items-center gap-1.5 text-xs text-soft">
          <Swatch kind={kind} slot={slot} />
          <span className="truncate">{name}</span>
        </li>
      ))}
    </ul>
  )
}
