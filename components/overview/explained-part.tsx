import Link from 'next/link'
import { GapBadge } from '@/components/charts/gap-badge'
import { Badge } from '@/components/ui/badge'
import { Disclosure } from '@/components/ui/disclosure'
import type { ExplainPart, ExplainStep, Explanation } from '@/lib/contract/allocations'
import { chargePeriodWords, percentWords } from '@/lib/presentation/explain-words'
import { Money } from './explain-money'
import { PartLines } from './part-lines'
import { PartPools } from './part-pools'
import { PartRecords } from './part-records'
import { PartSentence } from './part-sentence'
import { PartSteps } from './part-steps'
import { PartValues } from './part-values'

/** One part of the chain: a sentence, and behind it all that it stands on. */
export function ExplainedPart({
  part,
  explanation,
  isOnly,
  onFollow,
}: {
  part: ExplainPart
  explanation: Explanation
  /** It is the whole amount, which stands above already. */
  isOnly: boolean
  onFollow: (step: ExplainStep) => void
}) {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-3 rounded-lg border p-3.5">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 text-[13px]">
        <h3 className="flex flex-wrap items-center gap-2 font-semibold">
          {part.run_id === null ? ruleTitle(part) : chargePeriodWords(part.charge_period)}
          <GapBadge gaps={part.gap === null ? [] : [part.gap]} />
          {!part.records_match && <Badge tone="warning">Records have changed since</Badge>}
        </h3>
        {!isOnly && <Money amount={part.amount} />}
      </div>
      <PartSentence part={part} explanation={explanation} />
      {part.shaping.length > 0 && (
        <ul className="grid gap-1.5 border-l-2 border-accent/40 pl-3 text-[13px] text-soft">
          {part.shaping.map(({ kind, text, before, after }) => (
            <li key={kind}>
              {text}{' '}
              {before !== null && after !== null && (
                <span className="tnum whitespace-nowrap text-fg">
                  {percentWords(before)} → {percentWords(after)}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      <PartPools part={part} />
      <PartSteps part={part} onFollow={onFollow} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
        {part.ratio !== null && explanation.element !== null && (
          <Disclosure title="Arithmetic">
            <p className="rounded-md bg-muted px-2.5 py-2 font-mono text-xs break-words">{part.arithmetic}</p>
          </Disclosure>
        )}
        <PartRecords part={part} />
        <PartValues part={part} />
        <PartLines part={part} />
        {!part.is_balance && (
          <Link href={part.lines_link} className="w-fit text-[13px] text-accent-strong hover:underline">
            These lines in the explorer
          </Link>
        )}
      </div>
    </li>
  )
}

/** What rules give is told apart by where it came from, not by when. */
function ruleTitle({ steps, reason }: ExplainPart): string {
  if (reason !== null) return 'Without an element'
  return steps.length > 0 ? 'Out of another split' : 'Its own'
}
