import type { Explanation } from '@/lib/contract/allocations'
import { REASON_WORDS } from '@/lib/presentation/reasons'
import { ExplainFixes } from './explain-fixes'
import { Money } from './explain-money'

/** Why nothing claims it, reason by reason, and what to do about each. */
export function UnallocatedReasons({ outcomes }: { outcomes: Explanation['outcomes'] }) {
  return outcomes.map(({ reason, gap, amount, fixes }) =>
    reason === null ? null : (
      <section
        key={`${reason}|${gap}`}
        className="grid grid-cols-[minmax(0,1fr)] gap-3 rounded-lg border border-warn/30 bg-warn-soft px-3.5 py-3 text-[13px]"
      >
        <p className="text-fg">
          <Money amount={amount} /> <strong className="font-semibold">{REASON_WORDS[reason].short}.</strong>{' '}
          {REASON_WORDS[reason].why}
        </p>
        <ExplainFixes fixes={fixes} />
      </section>
    ),
  )
}
