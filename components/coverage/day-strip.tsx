import Link from 'next/link'
import { cn } from '@/components/ui/cn'
import type { CoverageDay, CoverageStrip } from '@/lib/presentation/coverage/days'
import { DAY_STATUS } from '@/lib/presentation/coverage/status-words'
import { formatAmount, type Unit } from '@/lib/presentation/money'
import { periodTitle } from '@/lib/presentation/periods'

/** A day as a sentence: what it is, how much is at stake, what is known of it. */
function dayWords(day: CoverageDay, unit: Unit): string {
  const amount = day.status === 'none' ? '' : ` ${formatAmount(day.atStake, unit)}`
  const facts = day.facts.length > 0 ? `; ${day.facts.join(', ')}` : ''
  return `${periodTitle(`${day.day}T00:00:00Z`, 'daily')}: ${DAY_STATUS[day.status].label.toLowerCase()}${amount}${facts}`
}

/** A square a day, told apart by letter and colour; the bar in it is the cost at stake. A bad day is a link. */
export function DayStrip({ strip, unit }: { strip: CoverageStrip; unit: Unit }) {
  return (
    <ol className="flex flex-wrap gap-1">
      {strip.days.map((day) => {
        const { letter, className } = DAY_STATUS[day.status]
        const words = dayWords(day, unit)
        const square = cn(
          'relative grid h-9 w-7 content-start justify-items-center overflow-hidden rounded-[5px] pt-0.5 leading-tight',
          className,
          day.status === 'none' && 'border border-dashed',
        )
        const content = (
          <>
            <span aria-hidden className="tnum text-[10px]">
              {Number(day.day.slice(8))}
            </span>
            <span aria-hidden className="text-xs font-semibold">
              {letter}
            </span>
            <span
              aria-hidden
              className="absolute inset-x-0 bottom-0 bg-current opacity-60"
              style={{ height: `${Math.round(day.weight * 5)}px` }}
            />
            <span className="sr-only">{words}</span>
          </>
        )
        return (
          <li key={day.day}>
            {day.href === null ? (
              <span className={square} title={words}>
                {content}
              </span>
            ) : (
              <Link href={day.href} className={cn(square, 'hover:ring-2 hover:ring-current')} title={words}>
                {content}
              </Link>
            )}
          </li>
        )
      })}
    </ol>
  )
}
