import { Amount } from '@/components/ui/amount'
import { cn } from '@/components/ui/cn'
import type { Unit } from '@/lib/presentation/money'
import type { rankBars } from '@/lib/presentation/ranked-bars'

const BAR = { named: 'bg-(--series-0)', none: 'hatched', other: 'bg-(--series-other)' }

/** Horizontal bars that are their own table: name, bar, share, amount. */
export function BarList({
  caption,
  heading,
  ranked,
  unit,
}: {
  caption: string
  heading: string
  ranked: ReturnType<typeof rankBars>
  unit: Unit
}) {
  if (ranked.bars.length === 0) return <p className="text-[13px] text-soft">No cost in this range.</p>
  const { digits } = ranked
  return (
    <table className="w-full text-[13px]">
      <caption className="sr-only">{caption}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">{heading}</th>
          <th scope="col">Share</th>
          <th scope="col">Amount</th>
        </tr>
      </thead>
      <tbody>
        {ranked.bars.map((bar) => (
          <tr key={bar.key} className="align-baseline">
            <th scope="row" className="w-full py-1.5 pr-4 text-left font-normal">
              <span className={cn('block break-words', bar.kind !== 'named' && 'text-soft')}>{bar.label}</span>
              <span aria-hidden className="mt-1 block h-1.5 rounded-full bg-muted">
                <span
                  className={cn(
                    'block h-full min-w-0.5 rounded-full',
                    BAR[bar.kind],
                    bar.negative && 'border border-(--series-0) bg-transparent',
                  )}
                  style={{ width: `${bar.width}%` }}
                />
              </span>
            </th>
            <td className="tnum py-1.5 pr-4 text-right text-xs whitespace-nowrap text-subtle">{bar.share ?? '–'}</td>
            <td className="py-1.5 text-right font-medium">
              <Amount amount={bar.amount} shown={bar.shown} unit={unit} digits={digits} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr className="font-semibold">
          <th scope="row" className="border-t pt-2 text-left font-semibold">
            Total
          </th>
          <td className="tnum border-t pt-2 pr-4 text-right text-xs font-normal text-subtle">100%</td>
          <td className="border-t pt-2 text-right">
            <Amount amount={ranked.total} shown={ranked.shownTotal} unit={unit} digits={digits} />
          </td>
        </tr>
      </tfoot>
    </table>
  )
}
