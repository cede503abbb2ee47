import Link from 'next/link'
import { cn } from '@/components/ui/cn'
import type { CoverageDay, CoverageStrip } from '@/lib/presentation/coverage/days'
import { DAY_STATUS } from '@/lib/presentation/coverage/status-words'
import { formatAmount, statementDigits, type Unit } from '@/lib/presentation/money'
import { periodLabel, periodTitle } from '@/lib/presentation/periods'

/** A day as a sentence: what it is, how much is at stake, what is known of it. */
function dayWords(day: CoverageDay, unit: Unit): string {
  const amount = day.status === 'none' ? '' : ` ${formatAmount(day.atStake, unit, statementDigits(day.atStake))}`
  const facts = day.facts.length > 0 ? `; ${day.facts.join(', ')}` : ''
  return `${periodTitle(`${day.day}T00:00:00Z`, 'daily')}: ${DAY_STATUS[day.status].label.toLowerCase()}${amount}${facts}`
}

/** A strip's days, a month a line. */
function months(days: readonly CoverageDay[]): { month: string; days: CoverageDay[] }[] {
  const found = new Map<string, CoverageDay[]>()
  for (const day of days) found.set(day.day.slice(0, 7), [...(found.get(day.day.slice(0, 7)) ?? []), day])
  return [...found].map(([month, list]) => ({ month, days: list }))
}

/** A square a day, told apart by letter and colour; the bar in it is the cost at stake. A bad day is a link. */
export function DayStrip({ strip, unit }: { strip: CoverageStrip; unit: Unit }) {
  return (
    <div className="grid gap-1.5">
      {months(strip.days).map(({ month, days }) => (
        <div key={month} className="grid gap-x-3 gap-y-0.5 sm:grid-cols-[4rem_minmax(0,1fr)]">
          <span className="text-xs text-subtle sm:pt-2.5">{periodLabel(`${month}-01T00:00:00Z`, 'monthly')}</span>
          <ol className="flex flex-wrap gap-1">
            {days.map((day) => (
              <li key={day.day}>
                <DaySquare day={day} unit={unit} />
              </li>
            ))}
          </ol>
        </div>
      ))}
    </div>
  )
}

function DaySquare({ day, unit }: { day: CoverageDay; unit: Unit }) {
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
  if (day.href === null) {
    return (
      <span className={square} title={words}>
        {content}
      </span>
    )
  }
  return (
    <Link href={day.href} className={cn(square, 'hover:ring-2 hover:ring-current')} title={words}>
      {content}
    </Link>
  )
}
