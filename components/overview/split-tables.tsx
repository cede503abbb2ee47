'use client'
import { useQueryStates } from 'nuqs'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Tabs } from '@/components/ui/tabs'
import type { AllocationsReport } from '@/lib/contract/allocations'
import type { ReportGranularity } from '@/lib/contract/common'
import { PERIOD_WORDS } from '@/lib/presentation/periods'
import { overviewParams } from '@/lib/presentation/search-params'
import { prepareSplit } from '@/lib/presentation/split'
import { splitCsv } from '@/lib/presentation/split-csv'
import { ElementsTable } from './elements-table'
import { PeriodsTable } from './periods-table'
import type { OnExplain } from './split-report'

/** The chart's amounts as tables: by element, and by period. */
export function SplitTables({
  report,
  granularity,
  onExplain,
}: {
  report: AllocationsReport
  granularity: ReportGranularity
  onExplain: OnExplain
}) {
  const [{ table, exact, all }, setParams] = useQueryStates(overviewParams)
  const top = all ? Number.POSITIVE_INFINITY : 7
  const split = prepareSplit({ report, granularity, top })
  const more = split.elements.all > 8
  const props = { split, exact, onExplain, granularity }
  const tabs = [
    { value: 'elements' as const, label: 'By element', content: <ElementsTable {...props} /> },
    {
      value: 'periods' as const,
      label: `By ${(PERIOD_WORDS[granularity].split(' ')[0] ?? '').toLowerCase()}`,
      content: <PeriodsTable {...props} />,
    },
  ]
  return (
    <section aria-label="Amounts" className="min-w-0 overflow-hidden rounded-xl border bg-surface shadow-card">
      <Tabs label="Amounts" value={table} tabs={tabs} onChange={(next) => setParams({ table: next })} />
      <div className="flex flex-wrap items-center gap-2 px-4 py-2.5 sm:px-5">
        <Button size="sm" variant="ghost" onClick={() => setParams({ exact: !exact })}>
          {exact ? 'Round the amounts' : 'Show every digit'}
        </Button>
        {more && (
          <Button size="sm" variant="ghost" onClick={() => setParams({ all: !all })}>
            {all ? 'Only the largest 7' : `All ${split.elements.all} elements`}
          </Button>
        )}
        <span className="ml-auto">
          <CopyButton text={splitCsv(split)} label="Copy as CSV" variant="ghost" />
        </span>
      </div>
    </section>
  )
}
