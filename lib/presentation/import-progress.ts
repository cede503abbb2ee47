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

export function importProgress(item: CostImport): ImportProgress {
  const active = item.status === 'queued' || item.status === 'running'
  const done = item.bytes === 0 ? 0 : Math.min(100, Math.floor((item.bytes_read / item.bytes) * 100))
  const rejected = item.rows_rejected > 0 ? `, ${formatCount(item.rows_rejected)} rejected` : ''
  const rows = `${formatCount(item.rows_accepted)} ${item.rows_accepted === 1 ? 'row' : 'rows'}${rejected}`
  return {
    active,
    percent: item.status === 'completed' ? 100 : done,
    words: active ? `${rows} · ${formatBytes(item.bytes_read)} of ${formatBytes(item.bytes)}` : rows,
    ...LABELS[item.status],
  }
}
