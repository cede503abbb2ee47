import Link from 'next/link'
import type { ReactNode } from 'react'
import { FilterKeys } from '@/components/streams/filter-keys'
import { Card } from '@/components/ui/card'
import { cn } from '@/components/ui/cn'
import { When } from '@/components/ui/when'
import type { Stream } from '@/lib/contract/streams'
import { describeRange, shiftDay } from '@/lib/presentation/date-range'
import { formatCount } from '@/lib/presentation/money'

export function StreamFacts({ stream }: { stream: Stream }) {
  const { first_bucket: first, last_bucket: last, last_received_at: received } = stream
  return (
    <Card title="Facts">
      <dl className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-3">
        <Fact name="Granularity">
          <span className="capitalize">{stream.granularity?.toLowerCase() ?? 'fixed by the first batch'}</span>
        </Fact>
        <Fact name="Records">{formatCount(stream.records)}</Fact>
        <Fact name="Elements">{formatCount(stream.elements)}</Fact>
        <Fact name="Buckets">
          {first && last ? describeRange({ from: first.slice(0, 10), to: shiftDay(last.slice(0, 10), 1) }) : 'none yet'}
        </Fact>
        <Fact name="Last received">{received ? <When time={received} /> : 'never'}</Fact>
        <Fact name="Used by">
          {stream.used_by.length > 0
            ? stream.used_by.map((name, index) => (
                <span key={name}>
                  {index > 0 && ', '}
                  <Link
                    href={`/?dimension=${encodeURIComponent(name)}`}
                    className="text-accent underline underline-offset-4"
                  >
                    {name}
                  </Link>
                </span>
              ))
            : 'no dimension yet'}
        </Fact>
        <Fact name="Filter keys" wide>
          <FilterKeys keys={stream.filter_keys} />
        </Fact>
      </dl>
    </Card>
  )
}

function Fact({ name, wide, children }: { name: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className={cn('grid content-start gap-0.5', wide && 'col-span-full')}>
      <dt className="text-xs text-subtle">{name}</dt>
      <dd className="tnum text-[13px] font-medium">{children}</dd>
    </div>
  )
}
