'use client'
import { useEffect, useRef } from 'react'
import { cn } from '@/components/ui/cn'
import type { Catalogue } from '@/lib/contract/costs'
import { exampleWords, KIND_WORDS } from '@/lib/presentation/key-options'

export function KeyOption({
  id,
  option,
  active,
  onChoose,
}: {
  id: string
  option: Catalogue['keys'][number]
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
      aria-selected={active}
      tabIndex={-1}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
      className={cn('grid cursor-pointer gap-0.5 rounded-md px-2 py-1.5 hover:bg-muted', active && 'bg-muted')}
    >
      <span className="flex items-baseline gap-2 text-[13px]">
        <span className="font-mono text-xs font-medium break-all">{option.key}</span>
        <span className="ml-auto text-xs text-subtle">{KIND_WORDS[option.kind]}</span>
      </span>
      <span className="truncate text-xs text-soft">{exampleWords(option)}</span>
    </div>
  )
}
