import { CalendarCheck2, History, Scale } from 'lucide-react'
import Link from 'next/link'
import { buttonClasses } from '@/components/ui/button-classes'
import type { Metric } from '@/lib/contract/common'
import type { DateRange } from '@/lib/presentation/date-range'

/** What else there is to know about a split, over the same days. */
export function SplitLinks({
  dimension,
  range,
  metric,
}: {
  dimension: string | null
  range: DateRange
  metric: Metric | null
}) {
  const query = dimension === null ? '' : `?${new URLSearchParams({ dimension, ...range, ...(metric && { metric }) })}`
  return (
    <>
      <Link href={`/coverage${query}`} className={buttonClasses()}>
        <CalendarCheck2 aria-hidden /> Coverage
      </Link>
      <Link href={`/compare${query}`} className={buttonClasses()}>
        <Scale aria-hidden /> Compare methods
      </Link>
      <Link href="/runs" className={buttonClasses()}>
        <History aria-hidden /> Runs
      </Link>
    </>
  )
}
