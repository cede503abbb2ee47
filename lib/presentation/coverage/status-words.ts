import type { DayStatus } from './days'

/** Each status by a word and a letter as well as by its colour. */
export const DAY_STATUS: Record<DayStatus, { label: string; letter: string; hint: string; className: string }> = {
  missing: {
    ...{ label: 'Missing', letter: 'M', hint: 'No telemetry for this cost: it stays unallocated' },
    className: 'bg-bad-soft text-bad',
  },
  zero: {
    ...{ label: 'Zero', letter: '0', hint: 'Telemetry is there, all of it zero' },
    className: 'bg-bad-soft text-bad',
  },
  unmatched: {
    ...{ label: 'No such cost', letter: '?', hint: 'Records that no cost goes by' },
    className: 'bg-warn-soft text-warn',
  },
  late: {
    ...{ label: 'Late', letter: 'L', hint: 'Some records came later than they should; they count all the same' },
    className: 'bg-warn-soft text-warn',
  },
  filled: {
    ...{ label: 'By gap policy', letter: 'G', hint: 'Nothing to split by: a gap policy stepped in' },
    className: 'bg-accent-soft text-accent-strong',
  },
  other: {
    ...{ label: 'Otherwise', letter: '–', hint: 'Split by another stream, or set apart' },
    className: 'bg-muted text-soft',
  },
  covered: { label: 'Covered', letter: '✓', hint: 'Telemetry is there', className: 'bg-ok-soft text-ok' },
  none: { label: 'No cost', letter: '', hint: 'No cost on this day', className: 'text-subtle' },
}
