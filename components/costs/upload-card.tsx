'use client'
import { CircleCheck } from 'lucide-react'
import { useQueryState } from 'nuqs'
import { useEffect, useRef, useState } from 'react'
import { ErrorNote } from '@/components/feedback/error-note'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { DropZone } from '@/components/ui/drop-zone'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { formatBytes } from '@/lib/presentation/file-size'
import { costsParams } from '@/lib/presentation/search-params'
import { UploadProgress } from './upload-progress'
import { useUpload } from './use-upload'

export function UploadCard() {
  const [asked] = useQueryState('upload', costsParams.upload)
  const [file, setFile] = useState<File | null>(null)
  const [source, setSource] = useState('default')
  const input = useRef<HTMLInputElement>(null)
  const upload = useUpload()
  useEffect(() => {
    if (asked !== null) input.current?.focus()
  }, [asked])
  const choose = (next: File) => {
    setFile(next)
    upload.reset()
  }
  const start = () => {
    if (file) upload.start({ file, source: source.trim() || 'default', onDone: () => setFile(null) })
  }
  const sending = upload.state.kind === 'sending'
  return (
    <Card
      title="Upload a bill"
      description="FOCUS CSV, also as .gz. It is read as it arrives, so its size does not matter."
    >
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          start()
        }}
      >
        <DropZone
          inputRef={input}
          label="Choose a bill, or drop it here"
          hint=".csv or .csv.gz"
          accept=".csv,.gz,text/csv,application/gzip"
          file={file}
          onFile={choose}
        />
        <Field
          label="Source name"
          hint="Where this bill comes from. The same source and month again replaces what was there."
        >
          {(props) => (
            <Input
              {...props}
              value={source}
              onChange={(event) => setSource(event.target.value)}
              maxLength={100}
              required
            />
          )}
        </Field>
        {upload.state.kind === 'sending' && file && (
          <UploadProgress file={file} sent={upload.state.sent} onCancel={upload.cancel} />
        )}
        <div role="status">
          {upload.state.kind === 'done' && (
            <p className="flex items-center gap-2 text-[13px] font-medium text-ok">
              <CircleCheck className="size-4" aria-hidden /> Uploaded. The import runs, and is shown in the list.
            </p>
          )}
        </div>
        {upload.state.kind === 'failed' && <ErrorNote error={upload.state.error} />}
        {!sending && (
          <Button type="submit" variant="primary" disabled={!file}>
            {file ? `Upload ${formatBytes(file.size)}` : 'Upload'}
          </Button>
        )}
      </form>
    </Card>
  )
}
