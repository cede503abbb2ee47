'use client'
import { Button } from '@/components/ui/button'
import { useCancelImport } from '@/lib/client/cost-imports'
import type { CostImport } from '@/lib/contract/costs'

export function CancelImport({ item }: { item: CostImport }) {
  const cancel = useCancelImport()
  return (
    <>
      <Button size="sm" pending={cancel.isPending} onClick={() => cancel.mutate(item.id)}>
        Cancel<span className="sr-only"> the import of {item.file_name || item.source}</span>
      </Button>
      {cancel.error && (
        <span role="alert" className="text-bad">
          {cancel.error.message}
        </span>
      )}
    </>
  )
}
