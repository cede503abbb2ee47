import { Select } from '@/components/ui/select'

const OPTIONS = [1, 6, 24, 72, 168].map((hours) => ({
  value: String(hours),
  label: `Late after ${hours < 48 ? `${hours} h` : `${hours / 24} days`}`,
}))

/** How long after its bucket's end a record may first come. */
export function LateSelect({ value, onChange }: { value: number; onChange: (hours: number) => void }) {
  const known = OPTIONS.some((option) => option.value === String(value))
  const options = known ? OPTIONS : [...OPTIONS, { value: String(value), label: `Late after ${value} h` }]
  return <Select label="Late" value={String(value)} options={options} onChange={(next) => onChange(Number(next))} />
}
