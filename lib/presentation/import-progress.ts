import type { CostImport } from '@/lib/contract/costs'
import { formatBytes } from './file-size'
import { formatCount } from './money'
import type { Tone } from './stream-status'

export interface ImportProgress {
  active: boolean
  percent: number
  words: string
  label: string
  tone: Tone
}

const LABELS: Record<CostImport['status'], { label: string; tone: Tone }> = {
  queued: { label: 'Queued', tone: 'neutral' },
  running: { label: 'Importing', tone: 'info' },
  completed: { label: 'Completed', tone: 'success' },
  failed: { label: 'Failed', tone: 'danger' },
  cancelled: { label: 'Cancelled', tone: 'neutral' },
}

/** `12 seconds left`; above a minute and a half in minutes, then in hours: an estimate has no more digits to give. */
export function timeLeft(seconds: number): string {
  if (seconds < 2) return 'almost done'
  if (seconds < 90) return `${seconds} seconds left`
  if (seconds < 90 * 60) return `about ${Math.round(seconds / 60)} minutes left`
  return `about ${Math.round(seconds / 3600)} hours left`
}

function pace({ rows_per_second, seconds_left }: CostImport): string[] {
  return [
    ...(rows_per_second === null ? [] : [`${formatCount(rows_per_second)} rows/s`]),
    ...(seconds_left === null ? [] : [timeLeft(seconds_left)]),
  ]
}

export function importProgress(item: CostImport): ImportProgress {
  const active = item.status === 'queued' || item.status === 'running'
  const done = item.bytes === 0 ? 0 : Math.min(100, Math.floor((item.bytes_read / item.bytes) * 100))
  const rejected = item.rows_rejected > 0 ? `, ${formatCount(item.rows_rejected)} rejected` : ''
  const rows = `${formatCount(item.rows_accepted)} ${item.rows_accepted === 1 ? 'row' : 'rows'}${rejected}`
  const bytes = `${formatBytes(item.bytes_read)} of ${formatBytes(item.bytes)}`
  return {
    active,
    percent: item.status === 'completed' ? 100 : done,
    words: active ? [rows, bytes, ...pace(item)].join(' · ') : rows,
    ...LABELS[item.status],
  }
}
