import { CircleCheck, Download } from 'lucide-react'
import type { z } from 'zod'
import { ErrorNote } from '@/components/feedback/error-note'
import { Button } from '@/components/ui/button'
import { ProblemError } from '@/lib/client/problem-error'
import { saveFile } from '@/lib/client/save-file'
import type { batchAccepted } from '@/lib/contract/streams'
import { counted } from '@/lib/presentation/explain-words'

/** What became of an uploaded file: taken whole, or refused with the offending lines. */
export function CsvResult({
  name,
  result,
  error,
}: {
  name: string
  result: z.infer<typeof batchAccepted> | undefined
  error: Error | null
}) {
  const rejected = error instanceof ProblemError ? error.rejectedCsv : undefined
  return (
    <div role="status" className="grid justify-items-start gap-2">
      {result && (
        <p className="flex items-center gap-2 text-[13px] font-medium text-ok">
          <CircleCheck className="size-4" aria-hidden />
          {counted(result.records, 'record')} accepted{result.seq !== null && ` as batch ${result.seq}`}.
        </p>
      )}
      {error && <ErrorNote error={error} />}
      {rejected && (
        <Button size="sm" onClick={() => saveFile({ name: `${name}-rejected.csv`, text: rejected, type: 'text/csv' })}>
          <Download aria-hidden /> Download rejected rows
        </Button>
      )}
    </div>
  )
}
