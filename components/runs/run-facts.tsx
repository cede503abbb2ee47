import Link from 'next/link'
import { Card } from '@/components/ui/card'
import type { AllocationRun } from '@/lib/contract/runs'
import { formatCount } from '@/lib/presentation/money'
import { absoluteTime } from '@/lib/presentation/relative-time'
import { runDuration } from '@/lib/presentation/run-words'

export function RunFacts({ run }: { run: AllocationRun }) {
  const facts = [
    { name: 'Started', value: absoluteTime(run.started_at) },
    { name: 'Ended', value: run.finished_at === null ? 'not yet' : absoluteTime(run.finished_at) },
    { name: 'Took', value: runDuration(run, new Date()) },
    { name: 'Days of cost', value: formatCount(run.days) },
    {
      name: 'Definitions',
      value: (
        <Link href="/dimensions" className="text-accent underline underline-offset-4">
          version {run.definition_version}
        </Link>
      ),
    },
  ]
  return (
    <Card title="Facts">
      <dl className="grid grid-cols-2 gap-x-4 gap-y-3">
        {facts.map(({ name, value }) => (
          <div key={name} className="grid content-start gap-0.5">
            <dt className="text-xs text-subtle">{name}</dt>
            <dd className="tnum text-[13px] font-medium" suppressHydrationWarning>
              {value}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
