import Link from 'next/link'
import { useState } from 'react'
import { Amount } from '@/components/ui/amount'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { RowTh, Table, Td, Th } from '@/components/ui/table'
import { type CoverageStrip, type DayStatus, worstDays } from '@/lib/presentation/coverage/days'
import { DAY_STATUS } from '@/lib/presentation/coverage/status-words'
import { describeRange, shiftDay } from '@/lib/presentation/date-range'
import { counted } from '@/lib/presentation/explain-words'
import { statementDigits, type Unit } from '@/lib/presentation/money'

const ACTIONS: Partial<Record<DayStatus, string>> = {
  missing: 'Send what is missing',
  zero: 'Look at the records',
  unmatched: 'Look at the records',
  late: 'Look at the batches',
}
const TOP = 15

/** Days to look at, with what is at stake and where to go. */
export function WorstDays({ strips, unit, total }: { strips: readonly CoverageStrip[]; unit: Unit; total: string }) {
  const [all, setAll] = useState(false)
  const worst = worstDays(strips)
  if (worst.length === 0) return null
  const shown = all ? worst : worst.slice(0, TOP)
  const digits = statementDigits(total)
  return (
    <>
      <Table caption="Days to look at">
        <thead>
          <tr>
            <Th>Days</Th>
            <Th>What</Th>
            <Th>Status</Th>
            <Th numeric>Cost at stake</Th>
            <Th>Known of it</Th>
            <Th>
              <span className="sr-only">What to do</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ stream, status, first, last, atStake, facts, href }) => (
            <tr key={`${stream ?? ''} ${first} ${status}`} className="hover:bg-muted/50">
              <RowTh className="whitespace-nowrap">{describeRange({ from: first, to: shiftDay(last, 1) })}</RowTh>
              <Td className="min-w-28 break-words">{stream ?? 'The pool'}</Td>
              <Td>
                <Badge tone={status === 'missing' || status === 'zero' ? 'danger' : 'warning'}>
                  {DAY_STATUS[status].label}
                </Badge>
              </Td>
              <Td numeric>
                <Amount amount={atStake} unit={unit} digits={digits} />
              </Td>
              <Td className="min-w-44 text-soft">{facts.join(', ')}</Td>
              <Td className="whitespace-nowrap">
                {href && (
                  <Link href={href} className="text-accent underline underline-offset-4">
                    {stream === null ? 'Why' : ACTIONS[status]}
                    <span className="sr-only">, {first}</span>
                  </Link>
                )}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      {worst.length > TOP && (
        <div className="px-4 py-2.5 sm:px-5">
          <Button size="sm" variant="ghost" onClick={() => setAll(!all)}>
            {all ? `Only the first ${TOP}` : `All ${counted(worst.length, 'entry', 'entries')}`}
          </Button>
        </div>
      )}
    </>
  )
}
