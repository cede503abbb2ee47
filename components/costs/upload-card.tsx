'use client'
import { CircleCheck } from 'lucide-react'
import { useQueryState } from 'nuqs'
import { type FormEvent, useEffect, useRef } from 'react'
import { ErrorNote } from '@/components/feedback/error-note'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { cn } from '@/components/ui/cn'
import { DropZone } from '@/components/ui/drop-zone'
import { counted } from '@/lib/presentation/explain-words'
import { formatBytes } from '@/lib/presentation/file-size'
import { costsParams } from '@/lib/presentation/search-params'
import { BillOptions } from './bill-options'
import { ChosenFiles } from './chosen-files'
import { MappingStep } from './mapping-step'
import { ModeChoice } from './mode-choice'
import { Recognised } from './recognised'
import { SourceField } from './source-field'
import { UploadProgress } from './upload-progress'
import { useBillDraft } from './use-bill-draft'
import { useUpload } from './use-upload'

const sizeOf = (files: readonly File[]) => files.reduce((sum, file) => sum + file.size, 0)

/** Takes one bill: its files, whose it is, and how it is read. It takes the whole width while columns are mapped. */
export function UploadCard() {
  const [asked] = useQueryState('upload', costsParams.upload)
  const input = useRef<HTMLInputElement>(null)
  const bill = useBillDraft()
  const upload = useUpload()
  useEffect(() => {
    if (asked !== null) input.current?.focus()
  }, [asked])
  const { files, options, change, isMapping } = bill
  const choose = (next: File[]) => {
    bill.choose(next)
    upload.reset()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (bill.isReady) upload.start({ bill: bill.bill, prepare: bill.prepare, onDone: () => bill.choose([]) })
  }
  const name = files.length > 1 ? counted(files.length, 'file') : (files[0]?.name ?? '')
  return (
    <Card
      title="Upload a bill"
      description="FOCUS, AWS CUR, CloudZero CBF, or any CSV. It is read as it arrives, so its size does not matter."
      className={cn(isMapping && 'takes-all')}
    >
      <form className="grid gap-4" onSubmit={submit}>
        <div className={cn('grid items-start gap-4', isMapping && 'lg:grid-cols-2')}>
          <div className="grid min-w-0 gap-4">
            <DropZone
              inputRef={input}
              label="Choose a bill, or drop it here"
              hint="CSV, CSV.gz or Parquet; several files make one bill"
              accept=".csv,.gz,.parquet,.txt,.tsv,text/csv,application/gzip"
              files={files}
              onFiles={choose}
              multiple
            />
            {files.length > 1 && <ChosenFiles files={files} onChange={choose} />}
            {!isMapping && <Recognised bill={bill} />}
          </div>
          <div className="grid min-w-0 gap-4">
            <SourceField value={options.source} onChange={(source) => change({ source })} />
            <ModeChoice value={options.mode} onChange={(mode) => change({ mode })} />
            <BillOptions bill={bill} />
          </div>
        </div>
        {isMapping && <Recognised bill={bill} />}
        {isMapping && <MappingStep bill={bill} />}
        {upload.state.kind === 'sending' && (
          <UploadProgress name={name} size={sizeOf(files)} sent={upload.state.sent} onCancel={upload.cancel} />
        )}
        <div role="status">
          {upload.state.kind === 'done' && (
            <p className="flex items-center gap-2 text-[13px] font-medium text-ok">
              <CircleCheck className="size-4" aria-hidden /> Uploaded. The import runs, and is shown in the list.
            </p>
          )}
        </div>
        {upload.state.kind === 'failed' && <ErrorNote error={upload.state.error} />}
        {upload.state.kind !== 'sending' && (
          <Button type="submit" variant="primary" disabled={!bill.isReady}>
            {files.length > 0 ? `Upload ${formatBytes(sizeOf(files))}` : 'Upload'}
          </Button>
        )}
      </form>
    </Card>
  )
}
