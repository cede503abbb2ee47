import { Segmented } from '@/components/ui/segmented'
import { MODE_OPTIONS } from '@/lib/presentation/import-words'

type Mode = (typeof MODE_OPTIONS)[number]['value']

export function ModeChoice({ value, onChange }: { value: Mode; onChange: (value: Mode) => void }) {
  return (
    <div className="grid justify-items-start gap-1.5">
      <span className="text-[13px] font-medium">What becomes of the months that are there</span>
      <Segmented label="Mode" value={value} options={MODE_OPTIONS} onChange={onChange} />
      <p className="text-xs text-subtle">{MODE_OPTIONS.find((option) => option.value === value)?.words}</p>
    </div>
  )
}
