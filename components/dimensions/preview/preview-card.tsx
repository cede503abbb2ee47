'use client'
import { LoaderCircle, Scale } from 'lucide-react'
import { useState } from 'react'
import { ErrorNote } from '@/components/feedback/error-note'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { WhatIfSheet } from '@/components/what-if/what-if-sheet'
import { useDefinitionPreview } from '@/lib/client/definition-preview'
import type { Metric } from '@/lib/contract/common'
import { describeRange } from '@/lib/presentation/date-range'
import { counted } from '@/lib/presentation/explain-words'
import { METRIC_WORDS } from '@/lib/presentation/metrics'
import { PreviewDimension } from './preview-dimension'

/** What the text that is being written would change, before it is saved. */
export function PreviewCard({
  yaml,
  changed,
  waiting,
  version,
  metric,
}: {
  /** The text, if it is valid and not what is saved. */
  yaml: string | null
  changed: boolean
  waiting: boolean
  version: number
  metric: Metric
}) {
  const [asking, setAsking] = useState(false)
  const input = yaml === null ? null : { yaml, metric }
  const { data, error, isFetching, isPlaceholderData } = useDefinitionPreview({ input, version })
  const busy = isFetching || (changed && waiting)
  const shown = changed && (yaml !== null || busy) ? data : undefined
  const range = shown?.from && shown.to ? describeRange({ from: shown.from, to: shown.to }) : null
  return (
    <Card
      title="Preview"
      description={
        range && shown
          ? `${METRIC_WORDS[shown.metric].label}, ${range}, ${counted(shown.lines, 'line')}`
          : 'What a change would do, before it is saved'
      }
      actions={
        <>
          <span role="status" className="flex items-center gap-1.5 text-xs text-subtle">
            {busy && changed && (
              <>
                <LoaderCircle className="size-3.5 animate-spin" aria-hidden />
                Updating…
              </>
            )}
          </span>
          {yaml !== null && shown && shown.dimensions.length > 0 && shown.lines > 0 && (
            <Button size="sm" onClick={() => setAsking(true)}>
              <Scale aria-hidden /> What if over…
            </Button>
          )}
        </>
      }
      flush
    >
      {yaml !== null && shown && (
        <WhatIfSheet
          open={asking}
          onOpenChange={setAsking}
          yaml={yaml}
          dimensions={shown.dimensions}
          initialMetric={metric}
        />
      )}
      {!changed && (
        <p className="border-t px-4 py-4 text-[13px] text-soft sm:px-5">
          Change a rule: each element’s cost now and after stands here, and what matches nothing.
        </p>
      )}
      {changed && error && yaml !== null && !isPlaceholderData && (
        <div className="border-t p-4">
          <ErrorNote error={error} />
        </div>
      )}
      {changed && yaml === null && !busy && (
        <p className="border-t px-4 py-4 text-[13px] text-soft sm:px-5">Shown once the definition has no errors.</p>
      )}
      {shown && shown.dimensions.length === 0 && (
        <p className="border-t px-4 py-4 text-[13px] text-soft sm:px-5">
          {shown.unchanged === 0 ? 'There are no dimensions.' : 'No dimension changes: every element keeps its cost.'}
        </p>
      )}
      {shown && shown.lines === 0 && (
        <p className="border-t px-4 py-4 text-[13px] text-soft sm:px-5">There is no cost to try it on yet.</p>
      )}
      {shown && shown.dimensions.length > 0 && (
        <ul className="divide-y border-t" aria-busy={busy}>
          {shown.dimensions.map((dimension, index) => (
            <PreviewDimension
              key={dimension.id}
              dimension={dimension}
              preview={shown}
              yaml={yaml}
              initiallyOpen={index === 0}
            />
          ))}
        </ul>
      )}
    </Card>
  )
}
