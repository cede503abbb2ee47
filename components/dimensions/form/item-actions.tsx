'use client'
import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { removeAt } from '@/lib/presentation/costformation/remove-edit'
import { moveAt } from '@/lib/presentation/costformation/text-edit'
import type { Path } from '@/lib/presentation/costformation/yaml-places'
import { useForm } from './form-context'

/** Moves an item of a list among its neighbours, or takes it out. */
export function ItemActions({ path, what, first, last }: { path: Path; what: string; first: boolean; last: boolean }) {
  const { run } = useForm()
  return (
    <span className="flex shrink-0 self-end sm:self-auto">
      <Button
        variant="ghost"
        size="icon"
        aria-label={`Move ${what} up`}
        disabled={first}
        onClick={() => run((source) => moveAt(source, path, -1))}
      >
        <ArrowUp aria-hidden />
      </Button>
      <Button
        variant="ghost"
        size="icon"
        aria-label={`Move ${what} down`}
        disabled={last}
        onClick={() => run((source) => moveAt(source, path, 1))}
      >
        <ArrowDown aria-hidden />
      </Button>
      <Button
        variant="ghost"
        size="icon"
        aria-label={`Remove ${what}`}
        onClick={() => run((source) => removeAt(source, path))}
      >
        <Trash2 aria-hidden />
      </Button>
    </span>
  )
}
