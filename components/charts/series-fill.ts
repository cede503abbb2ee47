import type { CostSeries } from '@/lib/presentation/explorer/report'

const SHADES = ['', '55%', '30%']

/** Eight colours, then lighter shades of them, so that two dozen series stay apart. */
export function seriesFill({ kind, slot }: Pick<CostSeries, 'kind' | 'slot'>): string {
  if (kind === 'other') return 'var(--series-other)'
  const colour = `var(--series-${slot % 8})`
  const shade = SHADES[Math.floor(slot / 8) % SHADES.length]
  return shade ? `color-mix(in oklab, ${colour} ${shade}, var(--surface))` : colour
}
