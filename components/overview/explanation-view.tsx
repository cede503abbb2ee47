import { CopyButton } from '@/components/ui/copy-button'
import type { Explanation } from '@/lib/contract/allocations'
import { counted } from '@/lib/presentation/explain-words'
import { unitOf } from '@/lib/presentation/metrics'
import { formatAmount } from '@/lib/presentation/money'
import { ExplainedPart } from './explained-part'
import { UnallocatedFix } from './unallocated-fix'

export function ExplanationView({ explanation, when }: { explanation: Explanation; when: string }) {
  const { amount, element, dimension, parts, rest, definition_version: version } = explanation
  const unit = unitOf(explanation.metric, explanation.currency)
  const exact = formatAmount(amount, unit)
  const count = parts.length + rest.parts
  const reasons = [...new Set(parts.flatMap((part) => part.reason ?? []))]
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
      <div className="grid gap-2">
        <div className="flex flex-wrap items-center gap-x-3">
          <p className="tnum text-2xl font-semibold tracking-tight break-all">{exact}</p>
          <CopyButton text={amount} label="Copy the exact amount" variant="ghost" />
        </div>
        <p className="text-[13px] text-soft">
          {element === null ? 'Nothing claims' : `${element} bears`} this {element === null ? 'part' : 'much'} of{' '}
          {dimension}, {when}: {count === 1 ? 'one part, made' : `the sum of ${counted(count, 'part')}, each made`} of
          cost lines that were split alike, by version {version} of the definitions.
        </p>
      </div>
      {element === null && <UnallocatedFix dimension={dimension} reasons={reasons} />}
      <ol className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {parts.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity of their own, and never move
          <ExplainedPart key={index} part={part} element={element} unit={unit} />
        ))}
      </ol>
      {rest.parts > 0 && (
        <p className="rounded-lg bg-muted px-3.5 py-2.5 text-[13px] text-soft">
          And {counted(rest.parts, 'smaller part')}, together{' '}
          <span className="tnum font-medium text-fg">{formatAmount(rest.amount, unit)}</span>.
        </p>
      )}
      {count === 0 && <p className="text-[13px] text-soft">There is no such cost in this period.</p>}
    </div>
  )
}
