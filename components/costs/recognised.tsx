import { CircleCheck, FileQuestionMark, TriangleAlert } from 'lucide-react'
import { ErrorNote } from '@/components/feedback/error-note'
import { Note } from '@/components/feedback/note'
import { Button } from '@/components/ui/button'
import { Disclosure } from '@/components/ui/disclosure'
import type { ImportPreview } from '@/lib/contract/import-preview'
import { checkedWords, recognisedWords } from '@/lib/presentation/recognised'
import { PreviewTable } from './preview-table'
import type { BillDraft } from './use-bill-draft'

function Known({ preview, bill }: { preview: ImportPreview; bill: BillDraft }) {
  const isProfile = preview.format === 'mapping'
  const Icon = preview.rows_rejected > 0 ? TriangleAlert : CircleCheck
  return (
    <div className="grid gap-2 rounded-lg border px-3.5 py-3 text-[13px]">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <Icon className={preview.rows_rejected > 0 ? 'mt-0.5 size-4 text-warn' : 'mt-0.5 size-4 text-ok'} aria-hidden />
        <div className="grid min-w-0 flex-1 basis-56 gap-0.5">
          <p className="font-medium">{recognisedWords(preview)}</p>
          <p className="text-soft">
            {isProfile && `It is read by the profile of the source ${bill.bill.source}. `}
            {checkedWords(preview)}
          </p>
        </div>
        {isProfile && (
          <Button size="sm" onClick={() => bill.edit(bill.draft)}>
            Change the mapping
          </Button>
        )}
      </div>
      {preview.rows.length > 0 && (
        <Disclosure title="First rows" open={preview.rows_rejected > 0}>
          <PreviewTable preview={preview} />
        </Disclosure>
      )}
    </div>
  )
}

function Words({ bill }: { bill: BillDraft }) {
  const { sample, preview, previewError, isLooking, isMapping } = bill
  if (previewError) return <ErrorNote error={previewError} />
  if (isLooking || !sample) return <p className="text-[13px] text-soft">Looking at the file…</p>
  if (sample.kind === 'unreadable') return <Note tone="warning">{sample.reason}</Note>
  if (sample.kind === 'parquet') {
    return <Note>A Parquet file. Its columns are read when it has arrived.</Note>
  }
  if (!preview) return null
  if (preview.error && !isMapping) return <Note tone="warning">{preview.error}</Note>
  if (!isMapping) return <Known preview={preview} bill={bill} />
  return (
    <div className="flex gap-2.5 rounded-lg bg-accent-soft px-3.5 py-2.5 text-[13px] text-accent-strong">
      <FileQuestionMark className="mt-0.5 size-4 shrink-0" aria-hidden />
      <div className="grid min-w-0 gap-1">
        <p className="font-medium">Say which column is what: the rows below follow.</p>
        {preview.error && <p className="break-words">{preview.error}</p>}
      </div>
    </div>
  )
}

/** What the first file was recognised as, before it is uploaded. */
export function Recognised({ bill }: { bill: BillDraft }) {
  if (bill.files.length === 0) return null
  return (
    <div role="status" className="grid min-w-0 gap-1.5">
      {bill.files.length > 1 && (
        <p className="text-xs text-subtle">Of {bill.files[0]?.name}; the other files are read like it.</p>
      )}
      <Words bill={bill} />
    </div>
  )
}
