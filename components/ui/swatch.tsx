import type { SeriesKind } from '@/lib/presentation/split'
import { cn } from './cn'

/** Eight colours that stay apart for the colour-blind; past them the palette begins again. */
export function seriesColor(kind: SeriesKind, slot: number): string {
  if (kind === 'unallocated') return 'var(--hatch)'
  return kind === 'other' ? 'var(--series-other)' : `var(--series-${slot % 8})`
}

export function Swatch({ kind, slot, className }: { kind: SeriesKind; slot: number; className?: string }) {
  return (
    <span
      aria-hidden
      className={cn(
        'inline-block size-2.5 shrink-0 rounded-[3px]',
        kind === 'unallocated' && 'hatched ring-1 ring-(--hatch)',
        className,
      )}
      style={kind === 'unallocated' ? undefined : { background: seriesColor(kind, slot) }}
    />
  )
}
