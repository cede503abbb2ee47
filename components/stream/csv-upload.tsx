'use client'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { DropZone } from '@/components/ui/drop-zone'
import { Segmented } from '@/components/ui/segmented'
import { useUploadCsv } from '@/lib/client/batches'
import { saveFile } from '@/lib/client/save-file'
import type { Catalogue } from '@/lib/contract/costs'
import type { Stream } from '@/lib/contract/streams'
import { formatBytes } from '@/lib/presentation/file-size'
import { csvTemplate } from '@/lib/presentation/telemetry-example'
import { CsvResult } from './csv-result'

const OPERATIONS = [
  { value: 'replace', label: 'Replace' },
  { value: 'sum', label: 'Sum' },
] as const

export function CsvUpload({ stream, catalogue }: { stream: Stream; catalogue: Catalogue | undefined }) {
  const [file, setFile] = useState<File | null>(null)
  const [operation, setOperation] = useState<'replace' | 'sum'>('replace')
  const upload = useUploadCsv(stream.name)
  const choose = ([next]: File[]) => {
    setFile(next ?? null)
    upload.reset()
  }
  const send = () => file && upload.mutate({ file, operation }, { onSuccess: () => setFile(null) })
  const columns = ['timestamp', 'granularity', 'element_name', 'value', ...stream.filter_keys]
  return (
    <section aria-labelledby="send-by-csv" className="grid min-w-0 gap-3">
      <div className="flex flex-wrap items-start gap-3">
        <div className="min-w-0">
          <h2 id="send-by-csv" className="text-sm font-semibold">
            By CSV
          </h2>
          <p className="text-[13px] text-soft">
            Columns <code className="font-mono text-xs break-words">{columns.join(', ')}</code>. All rows are taken, or
            none.
          </p>
        </div>
        <Button
          size="sm"
          className="ml-auto"
          onClick={() =>
            saveFile({ name: `${stream.name}-template.csv`, text: csvTemplate(stream, catalogue), type: 'text/csv' })
          }
        >
          <Download aria-hidden /> Template
        </Button>
      </div>
      <DropZone
        label="Choose a CSV file, or drop it here"
        hint="Up to 5 MB"
        accept=".csv,text/csv"
        files={file ? [file] : []}
        onFiles={choose}
      />
      <div className="flex flex-wrap items-center gap-3">
        <Segmented label="Operation" value={operation} options={OPERATIONS} onChange={setOperation} />
        <p className="min-w-0 flex-1 basis-48 text-xs text-subtle">
          {operation === 'replace'
            ? 'Overwrites records with the same bucket, filter and element. Safe to repeat.'
            : 'Adds to what is there. The same file twice counts twice.'}
        </p>
        <Button variant="primary" disabled={!file} pending={upload.isPending} onClick={send}>
          {file ? `Upload ${formatBytes(file.size)}` : 'Upload'}
        </Button>
      </div>
      <CsvResult name={stream.name} result={upload.data} error={upload.error} />
    </section>
  )
}
