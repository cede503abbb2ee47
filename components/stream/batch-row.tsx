import { Undo2 } from 'lucide-react'
import { StatusBadge } from '@/components/streams/status-badge'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { RowTh, Td } from '@/components/ui/table'
import { When } from '@/components/ui/when'
import type { Batch } from '@/lib/contract/streams'
import { formatCount } from '@/lib/presentation/money'

export function BatchRow({
  batch,
  undoes,
  onUndo,
}: {
  batch: Batch
  /** The number of the batch that this one took back, where it is in the list. */
  undoes: number | null
  onUndo: () => void
}) {
  const undone = batch.undone_at !== null
  return (
    <tr className="hover:bg-muted/50">
      <RowTh className="tnum whitespace-nowrap">#{batch.seq}</RowTh>
      <Td className="whitespace-nowrap">
        <span className="capitalize">{batch.operation}</span>
        {undoes !== null && <span className="text-soft"> of #{undoes}</span>}
      </Td>
      <Td className="whitespace-nowrap text-soft">
        {batch.sender} <span className="text-subtle">· {batch.origin}</span>
      </Td>
      <Td numeric>{formatCount(batch.records)}</Td>
      <Td className="text-soft">
        <When time={batch.received_at} />
      </Td>
      <Td>
        {batch.undone_at !== null ? (
          <Badge>
            <Undo2 aria-hidden />
            Undone <When time={batch.undone_at} />
          </Badge>
        ) : (
          <StatusBadge status={batch.status} />
        )}
      </Td>
      <Td className="py-1 text-right">
        {!undone && (
          <Button size="sm" variant="ghost" onClick={onUndo}>
            <Undo2 aria-hidden />
            {batch.operation === 'undo' ? 'Put back' : 'Undo'}
            <span className="sr-only"> batch {batch.operation === 'undo' ? undoes : batch.seq}</span>
          </Button>
        )}
      </Td>
    </tr>
  )
}
