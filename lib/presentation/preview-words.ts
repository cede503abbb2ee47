import type { PreviewChange, PreviewDimension, PreviewElement, WithoutElement } from '@/lib/contract/definition-preview'
import { Exact, isZero } from './exact'
import { counted } from './explain-words'
import type { Tone } from './stream-status'

export const CHANGE_WORDS: Record<PreviewChange, { label: string; tone: Tone }> = {
  added: { label: 'New', tone: 'success' },
  changed: { label: 'Changed', tone: 'info' },
  affected: { label: 'Affected', tone: 'neutral' },
  removed: { label: 'Removed', tone: 'danger' },
  same: { label: 'Unchanged', tone: 'neutral' },
}

const WITHOUT: Record<WithoutElement, string> = {
  not_in_dimension: 'Matches nothing',
  outside_the_pool: 'Outside of the pool',
  no_telemetry: 'Unallocated: no telemetry',
  zero_weights: 'Unallocated: telemetry is zero',
  no_drivers: 'Unallocated: nothing to go by',
  not_claimed: 'Unallocated: not claimed',
  excluded: 'Unallocated: all are excluded',
  set_apart: 'Set apart',
  capped: 'Unallocated: all at their caps',
}

export function elementName({ element, reason }: Pick<PreviewElement, 'element' | 'reason'>): string {
  return element ?? WITHOUT[reason ?? 'not_in_dimension']
}

/** `1,204 lines ($123.45) get another element`; null where none does, or nobody can tell. */
export function movedWords(
  { moved, change }: Pick<PreviewDimension, 'moved' | 'change'>,
  format: (amount: string) => string,
): string | null {
  // A dimension that comes or goes gives or takes an element from every line.
  if (moved === null || moved.lines === 0 || change === 'added' || change === 'removed') return null
  return `${counted(moved.lines, 'line')} (${format(moved.cost)}) ${moved.lines === 1 ? 'gets' : 'get'} another element`
}

/** What matches nothing after the change, and how that differs; null where everything matches. */
export function unmatchedWords(
  { elements }: Pick<PreviewDimension, 'elements'>,
  format: (amount: string) => string,
): string | null {
  const none = elements.find(({ reason }) => reason === 'not_in_dimension')
  if (!none || (none.lines_after === 0 && none.lines_now === 0)) return null
  if (none.lines_after === 0) return 'Every line matches'
  const [verb, change] = [none.lines_after === 1 ? 'matches' : 'match', new Exact(none.difference)]
  const differs = isZero(none.difference)
    ? ''
    : `, ${format(change.abs().toFixed())} ${change.gt(0) ? 'more' : 'less'} than now`
  return `${counted(none.lines_after, 'line')} (${format(none.after)}) ${verb} nothing${differs}`
}
