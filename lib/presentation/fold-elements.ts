import type { PreviewDimension, PreviewElement } from '@/lib/contract/definition-preview'
import { sumExact } from './exact'

type Others = NonNullable<PreviewDimension['others']>

const AMOUNTS = ['now', 'after', 'difference'] as const

/** The first elements, and all further ones as one row; what is shown still adds up to the total, in every digit. */
export function foldElements({
  dimension: { elements, others },
  top,
}: {
  dimension: Pick<PreviewDimension, 'elements' | 'others'>
  top: number
}): { listed: PreviewElement[]; rest: Others | null } {
  // One row that stands for one element would save nothing.
  if (elements.length <= top + 1) return { listed: elements, rest: others }
  const hidden = elements.slice(top)
  const parts = others ? [...hidden, others] : hidden
  const [now, after, difference] = AMOUNTS.map((name) => sumExact(parts.map((part) => part[name]))) as [
    string,
    string,
    string,
  ]
  const lines = (name: 'lines_now' | 'lines_after') => parts.reduce((sum, part) => sum + part[name], 0)
  return {
    listed: elements.slice(0, top),
    rest: {
      elements: hidden.length + (others?.elements ?? 0),
      now,
      after,
      difference,
      lines_now: lines('lines_now'),
      lines_after: lines('lines_after'),
    },
  }
}
