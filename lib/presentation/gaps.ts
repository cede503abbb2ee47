import type { GapPolicy } from '@/lib/contract/allocations'

export const GAP_WORDS: Record<GapPolicy, { label: string; why: string }> = {
  carry: { label: 'Carried', why: 'Nothing to split by in this period: the last ratios before it were carried on' },
  even: { label: 'Even', why: 'Nothing to split by in this period: split evenly instead' },
  next: {
    label: 'By rule',
    why: 'Nothing to split by in this period: split by the rule that the definition names next',
  },
}

/** `Carried, even` */
export function gapLabel(gaps: readonly GapPolicy[]): string {
  const words = gaps.map((gap) => GAP_WORDS[gap].label)
  return words.map((word, index) => (index === 0 ? word : word.toLowerCase())).join(', ')
}

export const gapTitle = (gaps: readonly GapPolicy[]) => gaps.map((gap) => `${GAP_WORDS[gap].why}.`).join(' ')
