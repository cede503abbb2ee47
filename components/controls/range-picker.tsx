'use client'
import { CalendarDays, ChevronDown } from 'lucide-react'
import { Popover } from 'radix-ui'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { formText } from '@/lib/client/form-text'
import { type DateRange, describeRange, rangePresets, shiftDay } from '@/lib/presentation/date-range'

/** Presets of the bill's own range, or any days; the last day is included, as people mean it. */
export function RangePicker({
  range,
  bill,
  onChange,
}: {
  range: DateRange
  bill: { firstDay: string; lastDay: string } | null
  onChange: (range: DateRange) => void
}) {
  const [open, setOpen] = useState(false)
  const [error, setError] = useState<string>()
  const choose = (next: DateRange) => {
    onChange(next)
    setOpen(false)
  }
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    event.stopPropagation()
    const data = new FormData(event.currentTarget)
    const [from, last] = [formText(data, 'from'), formText(data, 'last')]
    if (!from || !last) return setError('Give both days.')
    if (last < from) return setError('The last day is before the first.')
    setError(undefined)
    choose({ from, to: shiftDay(last, 1) })
  }
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <Button className="border-input">
          <CalendarDays className="text-subtle" aria-hidden />
          <span className="sr-only">Range: </span>
          {describeRange(range)}
          <ChevronDown className="size-3.5! text-subtle" aria-hidden />
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={12}
          aria-label="Choose a range"
          className="z-50 grid w-88 max-w-[92vw] animate-enter gap-3 rounded-lg border bg-surface p-3 shadow-float"
        >
          {bill && (
            <ul className="grid max-h-64 gap-0.5 overflow-y-auto">
              {rangePresets(bill.firstDay, bill.lastDay).map((preset) => {
                const current = preset.range.from === range.from && preset.range.to === range.to
                return (
                  <li key={preset.label}>
                    <button
                      type="button"
                      aria-pressed={current}
                      onClick={() => choose(preset.range)}
                      className={cn(
                        'flex w-full items-baseline justify-between gap-3 rounded-md px-2 py-1.5 text-left text-[13px] hover:bg-muted',
                        current && 'bg-muted font-medium',
                      )}
                    >
                      {preset.label}
                      <span className="text-xs text-subtle">{describeRange(preset.range)}</span>
                    </button>
                  </li>
                )
              })}
            </ul>
          )}
          <form onSubmit={onSubmit} className={cn('grid gap-3', bill && 'border-t pt-3')}>
            <div className="grid grid-cols-[repeat(2,minmax(0,1fr))] gap-2">
              <Field label="First day">
                {(props) => <Input {...props} type="date" name="from" defaultValue={range.from} />}
              </Field>
              <Field label="Last day" error={error}>
                {(props) => <Input {...props} type="date" name="last" defaultValue={shiftDay(range.to, -1)} />}
              </Field>
            </div>
            <Button type="submit" variant="primary">
              Show these days
            </Button>
          </form>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
