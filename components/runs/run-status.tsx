import { Badge } from '@/components/ui/badge'
import { Progress } from '@/components/ui/progress'
import type { AllocationRun } from '@/lib/contract/runs'
import { RUN_STATUS, runPercent } from '@/lib/presentation/run-words'

export function RunStatus({ run }: { run: AllocationRun }) {
  const { label, tone } = RUN_STATUS[run.status]
  if (run.status !== 'running') return <Badge tone={tone}>{label}</Badge>
  const percent = runPercent(run)
  return (
    <span className="inline-flex items-center gap-2">
      <Badge tone={tone}>{label}</Badge>
      <Progress label={`Run ${run.id}`} percent={percent} className="w-20" />
      <span className="tnum text-xs text-soft">{percent}%</span>
    </span>
  )
}
