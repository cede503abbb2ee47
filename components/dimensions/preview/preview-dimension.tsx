'use client'
import { ChevronRight } from 'lucide-react'
import { useId, useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { cn } from '@/components/ui/cn'
import type { DefinitionPreview, PreviewDimension as Dimension } from '@/lib/contract/definition-preview'
import { unitOf } from '@/lib/presentation/metrics'
import { formatAmount } from '@/lib/presentation/money'
import { CHANGE_WORDS, movedWords, unmatchedWords } from '@/lib/presentation/preview-words'
import { PreviewElements } from './preview-elements'

export function PreviewDimension({
  dimension,
  preview,
  yaml,
  initiallyOpen,
}: {
  dimension: Dimension
  preview: DefinitionPreview
  /** null while the text is not valid: then there are no lines to ask for. */
  yaml: string | null
  initiallyOpen: boolean
}) {
  const [open, setOpen] = useState(initiallyOpen)
  const id = useId()
  const unit = unitOf(preview.metric, preview.currency)
  const { label, tone } = CHANGE_WORDS[dimension.change]
  const sentences = [
    movedWords(dimension, (amount) => formatAmount(amount, unit, 2)),
    unmatchedWords(dimension, (amount) => formatAmount(amount, unit, 2)),
  ]
  return (
    <li>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="flex w-full flex-wrap items-center gap-x-2 gap-y-1 px-4 py-2.5 text-left hover:bg-muted/50 focus-visible:-outline-offset-2 sm:px-5"
      >
        <ChevronRight className={cn('size-4 text-subtle transition-transform', open && 'rotate-90')} aria-hidden />
        <span className="min-w-0 text-[13px] font-medium break-words">{dimension.name}</span>
        <Badge tone={tone} className="ml-auto">
          {label}
        </Badge>
        {sentences.flatMap((sentence) =>
          sentence === null
            ? []
            : [
                <span key={sentence} className="tnum w-full pl-6 text-xs text-soft">
                  {sentence}
                </span>,
              ],
        )}
      </button>
      <div id={id} hidden={!open}>
        {open && <PreviewElements dimension={dimension} preview={preview} unit={unit} yaml={yaml} />}
      </div>
    </li>
  )
}
