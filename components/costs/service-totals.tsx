import { BarList } from '@/components/charts/bar-list'
import type { CostsReport } from '@/lib/contract/costs'
import { unitOf } from '@/lib/presentation/metrics'
import { rankBars } from '@/lib/presentation/ranked-bars'

export function ServiceTotals({ report }: { report: CostsReport }) {
  const ranked = rankBars({
    items: report.rows.map((row) => ({ label: row.group[0] ?? null, amount: row.cost })),
    none: 'No service',
  })
  return (
    <BarList
      caption="Cost by service"
      heading="Service"
      ranked={ranked}
      unit={unitOf(report.metric, report.currency)}
    />
  )
}
