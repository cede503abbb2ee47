import Link from 'next/link'
import { GapBadge } from '@/components/charts/gap-badge'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Switch } from '@/components/ui/switch'
import type { ExplainStep, Explanation } from '@/lib/contract/allocations'
import { counted } from '@/lib/presentation/explain-words'
import { unitOf } from '@/lib/presentation/metrics'
import { formatAmount, statementDigits } from '@/lib/presentation/money'
import { REASON_WORDS } from '@/lib/presentation/reasons'
import { absoluteTime } from '@/lib/presentation/relative-time'
import { ExplainMoney, Money } from './explain-money'
import { ExplainedPart } from './explained-part'
import { UnallocatedReasons } from './unallocated-reasons'

export function ExplanationView({
  explanation,
  when,
  exact,
  onExact,
  onFollow,
  onMore,
  loadingMore,
}: {
  explanation: Explanation
  when: string
  exact: boolean
  onExact: (exact: boolean) => void
  onFollow: (step: ExplainStep) => void
  /** null: no more parts can be shown in full. */
  onMore: (() => void) | null
  loadingMore: boolean
}) {
  const { amount, element, parts, rest, outcomes } = explanation
  const unit = unitOf(explanation.metric, explanation.currency)
  const count = parts.length + rest.parts
  const gaps = [...new Set(outcomes.flatMap(({ gap }) => gap ?? []))]
  return (
    <ExplainMoney unit={unit} digits={statementDigits(amount)} exact={exact}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
        <div className="grid gap-2">
          <div className="flex flex-wrap items-center gap-x-3">
            <p className="text-2xl tracking-tight break-all">
              <Money amount={amount} />
            </p>
            <CopyButton
              text={amount}
              label={`Copy ${formatAmount(amount, unit)}`}
              variant="ghost"
              iconOnly
              size="icon"
            />
            <GapBadge gaps={gaps} />
            <span className="ml-auto">
              <Switch label="Every digit" checked={exact} onChange={onExact} />
            </span>
          </div>
          <Summary explanation={explanation} when={when} count={count} />
        </div>
        {element === null && <UnallocatedReasons outcomes={outcomes} />}
        <ol className="grid grid-cols-[minmax(0,1fr)] gap-4">
          {parts.map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity of their own, and never move
            <ExplainedPart key={index} part={part} {...{ explanation, onFollow }} isOnly={count === 1} />
          ))}
        </ol>
        {rest.parts > 0 && (
          <div className="flex flex-wrap items-center justify-between gap-2 rounded-lg bg-muted px-3.5 py-2.5 text-[13px] text-soft">
            <p>
              And {counted(rest.parts, 'smaller part')}, together <Money amount={rest.amount} />.
            </p>
            {onMore && (
              <Button size="sm" pending={loadingMore} onClick={onMore}>
                Show more
              </Button>
            )}
          </div>
        )}
        <Provenance explanation={explanation} />
      </div>
    </ExplainMoney>
  )
}

/** The whole in one sentence; the parts say the rest. */
function Summary({ explanation, when, count }: { explanation: Explanation; when: string; count: number }) {
  const { element, dimension, outcomes } = explanation
  if (count === 0) return <p className="text-[13px] text-soft">There is no such cost in {when}.</p>
  const reasons = [...new Set(outcomes.flatMap(({ reason }) => reason ?? []))]
  return (
    <p className="text-[13px] text-soft">
      {element === null ? 'Nobody' : <strong className="font-semibold text-fg">{element}</strong>} pays this part of{' '}
      {dimension}, {when}
      {element === null && reasons.length === 1 && reasons[0] && <>: {REASON_WORDS[reasons[0]].short.toLowerCase()}</>}.{' '}
      {count > 1 && `It is the sum of ${counted(count, 'part')}, each of cost lines that are split alike.`}
    </p>
  )
}

/** By which definition and run, and when. */
function Provenance({ explanation }: { explanation: Explanation }) {
  const { definition_version: version, run_ids: runs, computed_at: computed } = explanation
  return (
    <p className="text-xs text-subtle">
      By version {version} of the definitions
      {runs.length > 0 && (
        <>
          ,{' '}
          <Link href="/runs" className="text-accent-strong underline underline-offset-2">
            {runs.length === 1 ? `run ${runs[0]}` : `runs ${runs.slice(0, 3).join(', ')}${runs.length > 3 ? '…' : ''}`}
          </Link>
        </>
      )}
      {computed && <> on {absoluteTime(computed)}</>}.
      {!explanation.up_to_date && ' Some of these days are being computed again.'}
    </p>
  )
}
