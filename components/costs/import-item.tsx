import { Badge } from '@/components/ui/badge'
import { Disclosure } from '@/components/ui/disclosure'
import { Progress } from '@/components/ui/progress'
import { When } from '@/components/ui/when'
import type { CostImport } from '@/lib/contract/costs'
import { counted } from '@/lib/presentation/explain-words'
import { formatBytes } from '@/lib/presentation/file-size'
import { importProgress } from '@/lib/presentation/import-progress'
import { formatCount } from '@/lib/presentation/money'
import { CancelImport } from './cancel-import'
import { RejectionTable } from './rejection-table'

export function ImportItem({ item }: { item: CostImport }) {
  const progress = importProgress(item)
  return (
    <li className="grid gap-2 px-4 py-3 sm:px-5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-0 text-[13px] font-medium break-all">{item.file_name || item.source}</span>
        <Badge tone={progress.tone}>{progress.label}</Badge>
        <span className="ml-auto flex items-center gap-2 text-xs text-subtle">
          <When time={item.created_at} />
          {progress.active && <CancelImport item={item} />}
        </span>
      </div>
      {progress.active && <Progress label={`Importing ${item.file_name || item.source}`} percent={progress.percent} />}
      <p className="tnum text-xs text-soft">
        {progress.words} · source {item.source} · {item.format} · {formatBytes(item.bytes)} · by {item.created_by}
      </p>
      {item.periods.length > 0 && (
        <p className="tnum text-xs text-soft">
          Holds {item.periods.map(({ month, rows }) => `${month} (${counted(rows, 'row')})`).join(', ')}
        </p>
      )}
      {item.status === 'completed' && item.periods.length === 0 && (
        <p className="text-xs text-soft">Holds nothing any more: a later import replaced it.</p>
      )}
      {item.error && (
        <p role="alert" className="rounded-md bg-bad-soft px-2.5 py-1.5 text-xs break-words text-bad">
          {item.error}
        </p>
      )}
      {item.warnings.length > 0 && (
        <Disclosure title={`Warnings (${item.warnings.length})`}>
          <ul className="list-disc pl-5 text-xs text-soft">
            {item.warnings.map((warning) => (
              <li key={warning} className="break-words">
                {warning}
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
      {item.rows_rejected > 0 && (
        <Disclosure title={`Rejected rows (${formatCount(item.rows_rejected)})`}>
          <RejectionTable item={item} />
        </Disclosure>
      )}
    </li>
  )
}
