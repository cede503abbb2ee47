import { LoaderCircle } from 'lucide-react'
import { Badge } from '@/components/ui/badge'

export function Recomputing() {
  return (
    <span role="status">
      <Badge tone="info">
        <LoaderCircle className="animate-spin" aria-hidden />
        Recomputing…
      </Badge>
    </span>
  )
}
