'use client'
import { Check } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { cn } from '@/components/ui/cn'

export interface SearchOption {
  id: string
  label: string
  hint?: string
  /** A second line. */
  detail?: string
  /** Left out where an option is chosen once and for all. */
  checked?: boolean
}

export function SearchOptionRow({
  id,
  option,
  active,
  onChoose,
}: {
  id: string
  option: SearchOption
  active: boolean
  onChoose: () => void
}) {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (active) ref.current?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox has the focus and handles the keys
    <div
      ref={ref}
      id={id}
      role="option"
      aria-selected={option.checked ?? active}
      tabIndex={-1}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
      className={cn(
        'grid cursor-pointer gap-0.5 rounded-md px-2 py-1.5 text-[13px] hover:bg-muted',
        active && 'bg-muted',
      )}
    >
      <span className="flex items-center gap-2">
        {option.checked !== undefined && (
          <span
            aria-hidden
            className={cn(
              'grid size-4 shrink-0 place-items-center rounded border border-input',
              option.checked && 'border-accent-solid bg-accent-solid text-white',
            )}
          >
            {option.checked && <Check className="size-3" />}
          </span>
        )}
        <span className="min-w-0 break-words">{option.label}</span>
        {option.hint && <span className="ml-auto shrink-0 pl-2 text-xs text-soft">{option.hint}</span>}
      </span>
      {option.detail && <span className="truncate text-xs text-soft">{option.detail}</span>}
    </div>
  )
}
