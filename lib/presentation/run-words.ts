import type { AllocationRun, RunCause, RunChange } from '@/lib/contract/runs'
import { Exact, isZero } from './exact'
import { counted } from './explain-words'
import type { Tone } from './stream-status'

export const RUN_STATUS: Record<AllocationRun['status'], { label: string; tone: Tone }> = {
  running: { label: 'Running', tone: 'info' },
  completed: { label: 'Completed', tone: 'success' },
  failed: { label: 'Failed', tone: 'danger' },
  stopped: { label: 'Stopped', tone: 'neutral' },
}

/** What happened, without who: `2 batches to rds-writes`. */
export function causeWords(cause: RunCause): string {
  switch (cause.kind) {
    case 'telemetry':
      return `${counted(cause.batches, 'batch', 'batches')} to ${cause.stream}`
    case 'stream_deleted':
      return `the stream ${cause.stream} was deleted`
    case 'bill':
      return `a bill of ${cause.source}`
    case 'definition':
      return `version ${cause.version} of the definitions`
  }
}

/** Where what made a run necessary can be looked at; null: it is gone. */
export function causePath(cause: RunCause): string | null {
  if (cause.kind === 'telemetry') return `/streams/${encodeURIComponent(cause.stream)}?tab=batches`
  if (cause.kind === 'bill') return '/costs'
  return cause.kind === 'definition' ? '/dimensions' : null
}

/** Equal causes once, their batches added up, as each arrival notes one of its own. */
export function mergeCauses(causes: readonly RunCause[]): RunCause[] {
  const merged = new Map<string, RunCause>()
  for (const cause of causes) {
    const key = JSON.stringify({ ...cause, batches: 0 })
    const known = merged.get(key)
    const both = known?.kind === 'telemetry' && cause.kind === 'telemetry'
    merged.set(key, both ? { ...cause, batches: known.batches + cause.batches } : cause)
  }
  return [...merged.values()]
}

/** The first sentence or so of an error: the whole of it stands on the run's page. */
export function shortError(error: string): string {
  const line = (error.split('\n')[0] ?? '').trim()
  const short = line.length > 240 ? `${line.slice(0, 239)}…` : line
  return /[.…!?]$/.test(short) ? short : `${short}.`
}

/** `4 s`, `2 min 5 s`; of a run that goes on, until now. */
export function runDuration({ started_at, finished_at }: AllocationRun, now: Date): string {
  const end = finished_at === null ? now : new Date(finished_at)
  const milliseconds = Math.max(0, end.getTime() - new Date(started_at).getTime())
  if (milliseconds < 1000) return `${milliseconds} ms`
  const seconds = Math.round(milliseconds / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

export function runPercent({ days, days_done }: Pick<AllocationRun, 'days' | 'days_done'>): number {
  return days === 0 ? 0 : Math.min(100, Math.floor((days_done * 100) / days))
}

const minus = (a: string, b: string) => new Exact(a).minus(b).toFixed()

/** How a dimension's cost and what of it is unallocated differ after a run. */
export function changeOf({ before, after }: RunChange): { cost: string; unallocated: string; same: boolean } {
  const [cost, unallocated] = [minus(after.cost, before.cost), minus(after.unallocated, before.unallocated)]
  return { cost, unallocated, same: isZero(cost) && isZero(unallocated) }
}
