import { Badge } from '@/components/ui/badge'
import { Disclosure } from '@/components/ui/disclosure'
import { Progress } from '@/components/ui/progress'
import { When } from '@/components/ui/when'
import type { CostImport } from '@/lib/contract/costs'
import { counted } from '@/lib/presentation/explain-words'
import { formatBytes } from '@/lib/presentation/file-size'
import { holdings } from '@/lib/presentation/import-holdings'
import { importProgress } from '@/lib/presentation/import-progress'
import { formatName, importName, MODE_NAMES } from '@/lib/presentation/import-words'
import { formatCount } from '@/lib/presentation/money'
import { CancelImport } from './cancel-import'
import { ImportFiles } from './import-files'
import { RejectionTable } from './rejection-table'
import { TurnImport } from './turn-import'

/** One import: how far it is or how it ended, what it counts for now, and the way back. */
export function ImportItem({ item, imports }: { item: CostImport; imports: readonly CostImport[] }) {
  const progress = importProgress(item)
  const name = importName(item)
  return (
    <li className="grid gap-2 px-4 py-3 sm:px-5">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5">
        <span className="mr-1 min-w-0 text-[13px] font-medium break-all">{name}</span>
        <Badge tone={progress.tone}>{progress.label}</Badge>
        <Badge>{formatName({ format: item.format, version: item.format_version })}</Badge>
        <span className="ml-auto flex items-center gap-2 text-xs text-subtle">
          <When time={item.created_at} />
          {progress.active && <CancelImport item={item} />}
          {item.can_roll_back && <TurnImport turn="rollback" item={item} imports={imports} />}
          {item.can_restore && <TurnImport turn="restore" item={item} imports={imports} />}
        </span>
      </div>
      {progress.active && <Progress label={`Importing ${name}`} percent={progress.percent} />}
      <p className="tnum text-xs text-soft">
        {progress.words} · source {item.source} · {MODE_NAMES[item.mode]}
        {item.files.length > 1 && ` · ${counted(item.files.length, 'file')}`}
        {!progress.active && ` · ${formatBytes(item.bytes)}`} · by {item.created_by}
      </p>
      {holdings({ item, imports }).map((sentence) => (
        <p key={sentence} className="tnum text-xs break-words text-soft">
          {sentence}
        </p>
      ))}
      {item.error && (
        <p role="alert" className="rounded-md bg-bad-soft px-2.5 py-1.5 text-xs break-words text-bad">
          {item.error}
        </p>
      )}
      {item.files.length > 1 && <ImportFiles item={item} />}
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
