import type { ReactNode } from 'react'
import type { ExplainPart, Explanation } from '@/lib/contract/allocations'
import { counted, driverTime, matchWords, percentWords } from '@/lib/presentation/explain-words'
import { formatQuantity } from '@/lib/presentation/money'
import { REASON_WORDS } from '@/lib/presentation/reasons'
import { Money } from './explain-money'

const Strong = ({ children }: { children: ReactNode }) => (
  <strong className="tnum font-semibold text-fg">{children}</strong>
)

/** `Email pays $12.34 of the $123.45 of 2 cost lines where …, because 100,045 of 1,100,645 in writes were its own: 9.09 %.` */
export function PartSentence({ part, explanation }: { part: ExplainPart; explanation: Explanation }) {
  const { element, dimension } = explanation
  const matched = matchWords(part.matched_on)
  const lines = (
    <>
      {counted(part.lines, 'cost line')}
      {matched && <> where {matched}</>}
    </>
  )
  if (part.reason !== null) {
    return (
      <p className="text-[13px] text-soft">
        <Money amount={part.amount} /> of the <Money amount={part.cost} plain /> of {lines} has no element:{' '}
        {REASON_WORDS[part.reason].short.toLowerCase()}.
      </p>
    )
  }
  if (part.is_balance) {
    return (
      <p className="text-[13px] text-soft">
        <Strong>{element}</Strong> pays <Money amount={part.amount} /> as a balancing line of no cost line
        {matched && <>, beside those where {matched}</>}: usage is charged by a fixed rate.
      </p>
    )
  }
  if (part.driver === null) {
    return (
      <p className="text-[13px] text-soft">
        <Strong>{element}</Strong> pays <Money amount={part.amount} /> of {counted(part.lines, 'cost line')}{' '}
        {part.steps.length > 0 ? <>that came out of another split:</> : <>by the rules of {dimension} alone.</>}
      </p>
    )
  }
  return (
    <p className="text-[13px] text-soft">
      <Strong>{element}</Strong> pays <Money amount={part.amount} /> of the <Money amount={part.cost} plain /> of{' '}
      {lines}, because <Because part={part} />
      {part.ratio && part.shaping.length === 0 && (
        <>
          : <Strong>{percentWords(part.ratio.percent)}</Strong>
        </>
      )}
      .
    </p>
  )
}

/** What gives the element its share. */
function Because({ part }: { part: ExplainPart }) {
  const { driver, gap } = part
  if (driver === null) return null
  const time = driverTime(driver)
  const measure = (
    <>
      <Strong>{formatQuantity(part.weight)}</Strong> of <Strong>{formatQuantity(part.total_weight)}</Strong>
    </>
  )
  const other = gap === 'next' ? 'nothing else had values, and by the rule that comes next, ' : ''
  if (gap === 'even' && driver.kind === 'stream') {
    return (
      <>
        there were no records, and each of the <Strong>{formatQuantity(part.total_weight)}</Strong> elements that{' '}
        {driver.name} has ever named gets as much as the others
      </>
    )
  }
  if (driver.kind === 'stream') {
    return (
      <>
        {gap === 'carry' && 'the last values before were carried on: '}
        {measure} in <Strong>{driver.name}</Strong>
        {(gap === 'carry' || driver.window.includes('before')) && time && <> of {time}</>} were its own
      </>
    )
  }
  if (driver.name === 'Even') {
    return (
      <>
        {other || (gap === 'even' && 'there was nothing to go by, and ')}it is one of{' '}
        <Strong>{formatQuantity(part.total_weight)}</Strong> that share evenly
      </>
    )
  }
  return (
    <>
      {other}
      {gap === 'carry' && 'the last values before were carried on: '}
      {measure}
      {driver.from === null ? ' is what the definition gives it' : ' was its own'}
      {driver.from !== null && (
        <>
          {' '}
          ({driver.name.toLowerCase()}
          {time && <>, {time}</>})
        </>
      )}
    </>
  )
}
