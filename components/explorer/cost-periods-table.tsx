import { RowTh, Table, Td, Th } from '@/components/ui/table'
import type { CostGranularity } from '@/lib/contract/explorer'
import type { CostSeries, Explored } from '@/lib/presentation/explorer/report'
import { formatAmount, formatShown } from '@/lib/presentation/money'
import { PERIOD_WORDS } from '@/lib/presentation/periods'
import { NoCost } from './no-cost'
import { SeriesName } from './series-name'

/** A row a period, a column a group; a gap is no cost, not zero. */
export function CostPeriodsTable({
  explored,
  granularity,
  onDrill,
}: {
  explored: Explored
  granularity: CostGranularity
  onDrill: (series: CostSeries) => void
}) {
  const { unit, digits, series, change } = explored
  const word = PERIOD_WORDS[granularity]
  return (
    <Table caption={`Cost by ${word.toLowerCase()} and group`} regionClassName="max-h-136">
      <thead className="sticky top-0 z-10 bg-surface">
        <tr>
          <Th className="border-t-0">{word}</Th>
          {series.map((one) => (
            <Th key={one.id} numeric className="border-t-0">
              <SeriesName series={one} onDrill={onDrill} className="max-w-44" />
            </Th>
          ))}
          <Th className="border-t-0" numeric>
            Total
          </Th>
          {change && (
            <Th className="border-t-0" numeric>
              Before
            </Th>
          )}
        </tr>
      </thead>
      <tbody>
        {explored.periods.map((period, at) => (
          <tr key={period.period} className="hover:bg-muted/50">
            <RowTh className="whitespace-nowrap">{period.label}</RowTh>
            {series.map((one) => {
              const [amount, shown] = [one.amounts[at], one.shownAmounts[at]]
              return (
                <Td key={one.id} numeric>
                  {amount && shown ? (
                    <span title={`Exactly ${formatAmount(amount, unit)}`}>
                      {formatShown({ amount, shown, unit, digits })}
                    </span>
                  ) : (
                    <NoCost />
                  )}
                </Td>
              )
            })}
            <Td numeric className="font-medium">
              {period.total && period.shownTotal ? (
                <span title={`Exactly ${formatAmount(period.total, unit)}`}>
                  {formatShown({ amount: period.total, shown: period.shownTotal, unit, digits })}
                </span>
              ) : (
                <NoCost />
              )}
            </Td>
            {change && (
              <Td numeric className="text-soft">
                {period.previous ? (
                  <span title={`Exactly ${formatAmount(period.previous, unit)}`}>
                    {formatAmount(period.previous, unit, digits)}
                  </span>
                ) : (
                  <NoCost />
                )}
              </Td>
            )}
          </tr>
        ))}
      </tbody>
      <tfoot className="sticky bottom-0 bg-surface">
        <tr className="font-semibold">
          <RowTh className="border-t font-semibold">Total</RowTh>
          {series.map((one) => (
            <Td key={one.id} numeric className="border-t">
              {formatShown({ amount: one.cost, shown: one.shown, unit, digits })}
            </Td>
          ))}
          <Td numeric className="border-t">
            {formatShown({ amount: explored.total, shown: explored.shownTotal, unit, digits })}
          </Td>
          {change && (
            <Td numeric className="border-t">
              {formatShown({ amount: change.previous, shown: change.shownPrevious, unit, digits })}
            </Td>
          )}
        </tr>
      </tfoot>
    </Table>
  )
}
