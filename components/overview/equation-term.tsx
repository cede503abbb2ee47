import { Swatch } from '@/components/ui/swatch'
import { formatAmount, formatShown, type Unit } from '@/lib/presentation/money'
import type { SplitSeries } from '@/lib/presentation/split'
import type { OnExplain } from './split-report'

export function EquationTerm({
  series,
  unit,
  digits,
  onExplain,
}: {
  series: SplitSeries
  unit: Unit
  digits: number
  onExplain: OnExplain
}) {
  const content = (
    <>
      <span className="flex min-w-0 items-center gap-1.5 text-xs text-soft">
        <Swatch kind={series.kind} slot={series.slot} />
        <span className="max-w-40 truncate">{series.name}</span>
      </span>
      <span className="tnum text-xl font-semibold tracking-tight" title={`Exactly ${formatAmount(series.total, unit)}`}>
        {formatShown({ amount: series.total, shown: series.shown, unit, digits })}
      </span>
      <span className="tnum text-xs text-subtle">{series.share ?? '–'}</span>
    </>
  )
  const layout = 'grid content-start gap-0.5 rounded-lg px-2 py-1.5 text-left'
  if (series.kind === 'other') return <div className={layout}>{content}</div>
  return (
    <button
      type="button"
      className={`${layout} transition-colors hover:bg-muted`}
      onClick={() =>
        onExplain(
          series.kind === 'unallocated' ? { kind: 'unallocated' } : { kind: 'element', element: series.name },
          null,
        )
      }
    >
      {content}
      <span className="sr-only">Explain this amount</span>
    </button>
  )
}
