import { CostChart } from '@/components/charts/cost-chart'
import { Amount } from '@/components/ui/amount'
import { Disclosure } from '@/components/ui/disclosure'
import { RowTh, Table, Td, Th } from '@/components/ui/table'
import type { CostsReport } from '@/lib/contract/costs'
import { prepareCostSeries } from '@/lib/presentation/cost-series'
import { unitOf } from '@/lib/presentation/metrics'
import { formatCount } from '@/lib/presentation/money'

export function CostOverTime({ report }: { report: CostsReport }) {
  const series = prepareCostSeries(report)
  const unit = unitOf(report.metric, report.currency)
  return (
    <div className="grid gap-3">
      <CostChart points={series.points} unit={unit} digits={series.digits} />
      <Disclosure title="As a table">
        <Table caption="Cost by day" regionClassName="max-h-96 rounded-md border">
          <thead className="sticky top-0 bg-surface">
            <tr>
              <Th className="border-t-0">Day (UTC)</Th>
              <Th className="border-t-0" numeric>
                Cost lines
              </Th>
              <Th className="border-t-0" numeric>
                Cost
              </Th>
            </tr>
          </thead>
          <tbody>
            {series.points.map(({ period, label, cost, shown, lines }) => (
              <tr key={period}>
                <RowTh className="font-normal">{label}</RowTh>
                <Td numeric className="text-soft">
                  {formatCount(lines)}
                </Td>
                <Td numeric>
                  {cost && shown ? <Amount amount={cost} shown={shown} unit={unit} digits={series.digits} /> : '–'}
                </Td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr className="font-semibold">
              <RowTh className="font-semibold">Total</RowTh>
              <Td numeric>{formatCount(report.lines)}</Td>
              <Td numeric>
                <Amount amount={series.total} shown={series.shownTotal} unit={unit} digits={series.digits} />
              </Td>
            </tr>
          </tfoot>
        </Table>
      </Disclosure>
    </div>
  )
}
