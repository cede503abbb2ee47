import { GapBadge } from '@/components/charts/gap-badge'
import { Amount } from '@/components/ui/amount'
import { Swatch } from '@/components/ui/swatch'
import { RowTh, Table, Td, Th } from '@/components/ui/table'
import { isZero } from '@/lib/presentation/exact'
import { formatAmount } from '@/lib/presentation/money'
import { REASON_WORDS } from '@/lib/presentation/reasons'
import type { Split } from '@/lib/presentation/split'
import { ExplainAmount } from './explain-amount'
import type { OnExplain } from './split-report'
import { targetOf } from './target-of'

export function ElementsTable({ split, exact, onExplain }: { split: Split; exact: boolean; onExplain: OnExplain }) {
  const { unit, digits } = split
  return (
    <Table caption="Amounts by element over the whole range">
      <thead>
        <tr>
          <Th className="border-t-0">Element</Th>
          <Th className="border-t-0" numeric>
            Share
          </Th>
          <Th className="border-t-0" numeric>
            Amount
          </Th>
        </tr>
      </thead>
      <tbody>
        {split.series.map((series) => (
          <tr key={`${series.kind}:${series.name}`} className="hover:bg-muted/50">
            <RowTh>
              <span className="inline-flex items-center gap-2">
                <Swatch
                  kind={series.kind === 'element' && series.slot > 7 ? 'other' : series.kind}
                  slot={series.slot}
                />
                {series.name}
                <GapBadge gaps={[...new Set(series.gaps.flat())]} />
              </span>
              {series.kind === 'unallocated' && (
                <span className="ml-2 font-normal text-subtle">
                  {split.reasons.map(({ reason }) => REASON_WORDS[reason].short.toLowerCase()).join(', ')}
                </span>
              )}
            </RowTh>
            <Td numeric className="text-soft">
              {series.share ?? '–'}
            </Td>
            <Td numeric>
              {series.kind === 'other' ? (
                exact ? (
                  formatAmount(series.total, unit)
                ) : (
                  <Amount amount={series.total} shown={series.shown} unit={unit} digits={digits} />
                )
              ) : (
                <ExplainAmount
                  amount={series.total}
                  shown={series.shown}
                  {...{ unit, digits, exact }}
                  what={series.name}
                  onClick={() => onExplain(targetOf(series), null)}
                />
              )}
            </Td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr className="font-medium">
          <RowTh>Pool</RowTh>
          <Td numeric className="text-soft">
            {isZero(split.totals.cost) ? '–' : '100%'}
          </Td>
          <Td numeric>
            {exact ? formatAmount(split.totals.cost, unit) : formatAmount(split.shown.cost, unit, digits)}
          </Td>
        </tr>
      </tfoot>
    </Table>
  )
}
