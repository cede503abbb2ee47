import { Button } from '@/components/ui/button'
import { Progress } from '@/components/ui/progress'
import { formatBytes } from '@/lib/presentation/file-size'

export function UploadProgress({
  name,
  size,
  sent,
  onCancel,
}: {
  name: string
  size: number
  sent: number
  onCancel: () => void
}) {
  const percent = size === 0 ? 100 : Math.min(100, Math.floor((sent / size) * 100))
  return (
    <div className="grid gap-2 rounded-lg border p-3">
      <div className="flex items-center gap-3 text-[13px]">
        <span className="min-w-0 truncate font-medium">{name}</span>
        <span className="tnum ml-auto shrink-0 text-soft">
          {percent < 100 ? `${formatBytes(sent)} of ${formatBytes(size)}` : 'Waiting for the server…'}
        </span>
      </div>
      <div className="flex items-center gap-3">
        <Progress label={`Uploading ${name}`} percent={percent} className="flex-1" />
        <Button size="sm" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </div>
  )
}
