import { Badge } from '@/components/ui/badge'
import type { GapPolicy } from '@/lib/contract/allocations'
import { gapLabel, gapTitle } from '@/lib/presentation/gaps'

/** Says that a gap policy stepped in; nothing where none did. */
export function GapBadge({ gaps }: { gaps: readonly GapPolicy[] }) {
  if (gaps.length === 0) return null
  return (
    <span title={gapTitle(gaps)}>
      <Badge tone="warning" className="h-4 px-1.5 text-[11px]">
        {gapLabel(gaps)}
      </Badge>
    </span>
  )
}
