'use client'
import { ErrorNote } from '@/components/feedback/error-note'
import { SkeletonRows } from '@/components/ui/skeleton'
import { usePreviewLines } from '@/lib/client/definition-preview'
import type { PreviewLinesRequest } from '@/lib/contract/definition-preview'
import { formatAmount, type Unit } from '@/lib/presentation/money'

/** A few of the lines that an element has. */
export function ElementLines({ input, unit, isSplit }: { input: PreviewLinesRequest; unit: Unit; isSplit: boolean }) {
  const { data, error } = usePreviewLines(input)
  if (error) return <ErrorNote error={error} />
  if (!data) return <SkeletonRows rows={2} label="Loading the lines" />
  if (data.lines.length === 0) return <p className="text-xs text-soft">No lines in this range.</p>
  return (
    <div className="sticky left-2 grid max-w-[min(100%,calc(100vw-4.5rem))] grid-cols-1 gap-1.5 text-xs">
      <p className="text-soft">
        {input.side === 'now' ? 'Lines that it has now' : isSplit ? 'Shares of lines' : 'Some of its lines'}:
      </p>
      <ul className="grid gap-2">
        {data.lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines may be equal, and the list stays as it came
          <li key={index} className="grid gap-0.5 border-l-2 pl-2.5">
            <span className="flex flex-wrap justify-between gap-x-3">
              <span className="font-medium break-all">
                {line.resource || line.description || line.service || 'No resource'}
              </span>
              <span className="tnum whitespace-nowrap">{formatAmount(line.cost, unit)}</span>
            </span>
            <span className="break-words text-soft">
              {[line.day, line.service, line.account, line.region].filter(Boolean).join(' · ')}
            </span>
            {Object.keys(line.tags).length > 0 && (
              <span className="font-mono break-all text-subtle">
                {Object.entries(line.tags)
                  .map(([key, value]) => `${key}=${value}`)
                  .join(' ')}
              </span>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
