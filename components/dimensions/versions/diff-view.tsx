'use client'
import { ErrorNote } from '@/components/feedback/error-note'
import { cn } from '@/components/ui/cn'
import { ScrollRegion } from '@/components/ui/scroll-region'
import { SkeletonRows } from '@/components/ui/skeleton'
import { useDefinitionDiff } from '@/lib/client/definition-versions'
import { counted } from '@/lib/presentation/explain-words'

const LINES = {
  same: { sign: ' ', word: '', className: 'text-soft' },
  removed: { sign: '−', word: 'Removed: ', className: 'bg-bad-soft text-bad' },
  added: { sign: '+', word: 'Added: ', className: 'bg-ok-soft text-ok' },
}

/** Lines that differ between two versions, with those around them. */
export function DiffView({ version, against, label }: { version: number; against?: number; label: string }) {
  const { data, error } = useDefinitionDiff({ version, against })
  if (error) return <ErrorNote error={error} />
  if (!data) return <SkeletonRows rows={3} label="Loading the difference" />
  if (data.hunks.length === 0) return <p className="text-[13px] text-soft">The same text.</p>
  return (
    <div className="grid gap-1.5">
      <p className="tnum text-xs text-soft">
        {counted(data.added, 'line')} added, {data.removed} removed
      </p>
      <ScrollRegion label={label} className="max-h-96 rounded-lg border">
        <div className="w-max min-w-full py-1 font-mono text-xs leading-relaxed">
          {data.hunks.map((hunk) => (
            <div key={`${hunk.old_start}:${hunk.new_start}`} className="border-b last:border-b-0">
              <p className="bg-muted px-3 py-0.5 text-subtle">Line {hunk.new_start}</p>
              {hunk.lines.map(({ kind, text }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: lines repeat, and a version's never change
                <pre key={index} className={cn('px-3', LINES[kind].className)}>
                  <span className="sr-only">{LINES[kind].word}</span>
                  <span aria-hidden className="mr-2 select-none">
                    {LINES[kind].sign}
                  </span>
                  {text}
                </pre>
              ))}
            </div>
          ))}
        </div>
      </ScrollRegion>
    </div>
  )
}
