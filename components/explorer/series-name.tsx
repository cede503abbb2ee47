import { seriesFill } from '@/components/charts/series-fill'
import { cn } from '@/components/ui/cn'
import type { CostSeries } from '@/lib/presentation/explorer/report'

/** A group with its colour; a button where there is a level below. With a width of its own, the name is cut short. */
export function SeriesName({
  series,
  onDrill,
  className,
}: {
  series: CostSeries
  onDrill: (series: CostSeries) => void
  className?: string
}) {
  const content = (
    <>
      <span aria-hidden className="size-2.5 shrink-0 rounded-[3px]" style={{ background: seriesFill(series) }} />
      <span className={cn('min-w-0', className ? 'truncate' : 'break-words')}>{series.name}</span>
    </>
  )
  const box = cn('inline-flex min-w-0 max-w-full items-center gap-2 text-left align-middle', className)
  if (series.kind === 'other' || series.group.length === 0) {
    return <span className={cn(box, 'text-soft')}>{content}</span>
  }
  return (
    <button
      type="button"
      title={`Look into ${series.name}`}
      onClick={() => onDrill(series)}
      className={cn(box, 'underline-offset-2 hover:underline')}
    >
      {content}
    </button>
  )
}
