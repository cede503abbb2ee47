import { CircleAlert, CircleCheck, CircleDashed, LoaderCircle } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import type { IngestStatus } from '@/lib/contract/streams'
import { STATUS_TONES } from '@/lib/presentation/stream-status'

const ICONS = { Pending: CircleDashed, Loading: LoaderCircle, Available: CircleCheck, Invalid: CircleAlert }

export function StatusBadge({ status }: { status: IngestStatus }) {
  const Icon = ICONS[status]
  return (
    <Badge tone={STATUS_TONES[status]}>
      <Icon className={status === 'Loading' ? 'animate-spin' : undefined} aria-hidden />
      {status}
    </Badge>
  )
}
