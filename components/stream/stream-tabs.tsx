'use client'
import { useQueryState } from 'nuqs'
import { StreamCoverage } from '@/components/coverage/stream-coverage'
import { Tabs } from '@/components/ui/tabs'
import type { Stream } from '@/lib/contract/streams'
import { formatCount } from '@/lib/presentation/money'
import { streamParams } from '@/lib/presentation/search-params'
import { BatchesTab } from './batches-tab'
import { RecordsTab } from './records-tab'
import { SendTab } from './send-tab'

export function StreamTabs({ stream }: { stream: Stream }) {
  const [tab, setTab] = useQueryState('tab', streamParams.tab)
  const tabs = [
    {
      value: 'records' as const,
      label: 'Records',
      count: formatCount(stream.records),
      content: <RecordsTab stream={stream} />,
    },
    { value: 'batches' as const, label: 'Batches', content: <BatchesTab name={stream.name} /> },
    { value: 'coverage' as const, label: 'Coverage', content: <StreamCoverage name={stream.name} /> },
    { value: 'send' as const, label: 'Send', content: <SendTab stream={stream} /> },
  ]
  return (
    <section aria-label="Telemetry" className="min-w-0 overflow-hidden rounded-xl border bg-surface shadow-card">
      <Tabs label="Telemetry" value={tab} tabs={tabs} onChange={setTab} />
    </section>
  )
}
