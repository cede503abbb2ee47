import { GapBadge } from '@/components/charts/gap-badge'
import { Swatch } from '@/components/ui/swatch'
import { RowTh, Table, Td, Th } from '@/components/ui/table'
import type { ReportGranularity } from '@/lib/contract/common'
import { formatAmount, formatShown } from '@/lib/presentation/money'
import { PERIOD_WORDS } from '@/lib/presentation/periods'
import type { Split } from '@/lib/presentation/split'
import { ExplainAmount } from './explain-amount'
import type { OnExplain } from './split-report'
import { targetOf } from './target-of'

export function PeriodsTable({
  split,
  exact,
  granularity,
  onExplain,
}: {
  split: Split
  exact: boolean
  granularity: ReportGranularity
  onExplain: OnExplain
}) {
  const { unit, digits, series } = split
  const money = (amount: string, shown: string) =>
    exact ? formatAmount(amount, unit) : formatShown({ amount, shown, unit, digits })
  return (
    <Table caption={`Amounts by ${PERIOD_WORDS[granularity].toLowerCase()} and element`} regionClassName="max-h-136">
      <thead className="sticky top-0 z-10 bg-surface">
        <tr>
          <Th className="border-t-0">{PERIOD_WORDS[granularity]}</Th>
          {series.map((one) => (
            <Th key={`${one.kind}:${one.name}`} numeric className="border-t-0">
              <span className="inline-flex items-center gap-1.5">
                <Swatch kind={one.kind === 'element' && one.slot > 7 ? 'other' : one.kind} slot={one.slot} />
                <span className="max-w-40 truncate" title={one.name}>
                  {one.name}
                </span>
              </span>
            </Th>
          ))}
          <Th className="border-t-0" numeric>
            Total
          </Th>
        </tr>
      </thead>
      <tbody>
        {split.periods.map(({ period, label, total, shownTotal }, at) => (
          <tr key={period} className="hover:bg-muted/50">
            <RowTh className="whitespace-nowrap">{label}</RowTh>
            {series.map((one) => {
              const [amount, shown] = [one.amounts[at], one.shownAmounts[at]]
              return (
                <Td key={`${one.kind}:${one.name}`} numeric>
                  <GapBadge gaps={one.gaps[at] ?? []} />{' '}
                  {!amount || !shown ? (
                    <NoCost />
                  ) : one.kind === 'other' ? (
                    <span title={`Exactly ${formatAmount(amount, unit)}`}>{money(amount, shown)}</span>
                  ) : (
                    <ExplainAmount
                      {...{ amount, shown, unit, digits, exact }}
                      what={`${one.name}, ${label}`}
                      onClick={() => onExplain(targetOf(one), period)}
                    />
                  )}
                </Td>
              )
            })}
            <Td numeric className="font-medium">
              {total && shownTotal ? (
                <span title={`Exactly ${formatAmount(total, unit)}`}>{money(total, shownTotal)}</span>
              ) : (
                <NoCost />
              )}
            </Td>
          </tr>
        ))}
      </tbody>
      <tfoot className="sticky bottom-0 bg-surface">
        <tr className="font-semibold">
          <RowTh className="border-t font-semibold">Total</RowTh>
          {series.map((one) => (
            <Td key={`${one.kind}:${one.name}`} numeric className="border-t">
              {money(one.total, one.shown)}
            </Td>
          ))}
          <Td numeric className="border-t">
            {money(split.totals.cost, split.shown.cost)}
          </Td>
        </tr>
      </tfoot>
    </Table>
  )
}

/** A gap, not a zero. */
function NoCost() {
  return (
    <span className="text-subtle" title="No such cost">
      –
    </span>
  )
}
