'use client'
import { Layers } from 'lucide-react'
import { useState } from 'react'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { SkeletonRows } from '@/components/ui/skeleton'
import { Table, Th } from '@/components/ui/table'
import { useBatches, useUndoBatch } from '@/lib/client/batches'
import type { Batch } from '@/lib/contract/streams'
import { counted } from '@/lib/presentation/explain-words'
import { BatchRow } from './batch-row'

export function BatchesTab({ name }: { name: string }) {
  const { data, error, refetch } = useBatches(name)
  const undo = useUndoBatch(name)
  const [asked, setAsked] = useState<Batch | null>(null)
  if (error && !data) return <ErrorState error={error} onRetry={refetch} />
  if (!data) return <SkeletonRows label="Loading the batches" />
  if (data.batches.length === 0) {
    return (
      <EmptyState icon={Layers} title="No batches yet">
        Each request and each file becomes one batch, all of it or nothing. Any batch can be undone.
      </EmptyState>
    )
  }
  const seqOf = (id: number | null) => data.batches.find((batch) => batch.id === id)?.seq ?? id
  return (
    <>
      <Table caption="Batches, newest first" regionClassName="max-h-136">
        <thead className="sticky top-0 bg-surface">
          <tr>
            <Th className="border-t-0">Batch</Th>
            <Th className="border-t-0">Operation</Th>
            <Th className="border-t-0">Sender</Th>
            <Th className="border-t-0" numeric>
              Records
            </Th>
            <Th className="border-t-0">Received</Th>
            <Th className="border-t-0">Status</Th>
            <Th className="border-t-0">
              <span className="sr-only">Undo</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {data.batches.map((batch) => (
            <BatchRow key={batch.id} batch={batch} undoes={seqOf(batch.undoes)} onUndo={() => setAsked(batch)} />
          ))}
        </tbody>
      </Table>
      {asked && (
        <ConfirmDialog
          open
          onOpenChange={(open) => {
            if (!open) setAsked(null)
            undo.reset()
          }}
          title={asked.operation === 'undo' ? `Put batch ${seqOf(asked.undoes)} back?` : `Undo batch ${asked.seq}?`}
          action={asked.operation === 'undo' ? 'Put it back' : 'Undo the batch'}
          pending={undo.isPending}
          error={undo.error}
          onConfirm={() => undo.mutate(asked.id, { onSuccess: () => setAsked(null) })}
        >
          What it changed ({counted(asked.records, 'record')}) goes back to what it was before, and the costs that it
          split are split again. The batch stays in the list.
        </ConfirmDialog>
      )}
    </>
  )
}
