import type { Explanation } from '@/lib/contract/allocations'
import { chargePeriodWords, counted, matchWords } from '@/lib/presentation/explain-words'
import { formatAmount, formatQuantity, type Unit } from '@/lib/presentation/money'
import { REASON_WORDS } from '@/lib/presentation/reasons'
import { percentOf } from '@/lib/presentation/shares'
import { PartLines } from './part-lines'
import { PartRecords } from './part-records'

type Part = Explanation['parts'][number]

/** One step of the chain, as a sentence: this cost, these measures, hence this share. */
export function ExplainedPart({ part, element, unit }: { part: Part; element: string | null; unit: Unit }) {
  const matched = matchWords(part.matched_on)
  const when = chargePeriodWords(part.charge_period)
  const strong = 'tnum font-medium text-fg'
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-3 rounded-lg border p-3.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h3 className="text-[13px] font-semibold">{when}</h3>
        <span className="tnum text-[13px] font-semibold">{formatAmount(part.amount, unit)}</span>
      </div>
      <p className="text-[13px] text-soft">
        {counted(part.lines, 'cost line')}
        {matched && <> where {matched}</>} cost <span className={strong}>{formatAmount(part.cost, unit)}</span>.{' '}
        {part.reason !== null ? (
          REASON_WORDS[part.reason].why
        ) : part.stream === null ? (
          <>They belong to {element} by a rule of the definition, with nothing to split.</>
        ) : (
          <>
            Stream <span className={strong}>{part.stream}</span> measured{' '}
            <span className={strong}>{formatQuantity(part.weight)}</span> for {element} of{' '}
            <span className={strong}>{formatQuantity(part.total_weight)}</span> in all
            {percentOf(part.weight, part.total_weight) && <>, which is {percentOf(part.weight, part.total_weight)}</>}.
          </>
        )}
      </p>
      {part.reason === null && part.arithmetic && (
        <p className="rounded-md bg-muted px-2.5 py-2 font-mono text-xs break-words">{part.arithmetic}</p>
      )}
      {part.records.length > 0 && <PartRecords records={part.records} />}
      {part.top_lines.length > 0 && <PartLines lines={part.top_lines} count={part.lines} unit={unit} />}
    </li>
  )
}
