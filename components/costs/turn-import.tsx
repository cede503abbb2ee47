'use client'
import { RotateCcw, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { type ImportTurn, useTurnImport } from '@/lib/client/cost-imports'
import type { CostImport } from '@/lib/contract/costs'
import { afterTurn } from '@/lib/presentation/import-holdings'
import { importName } from '@/lib/presentation/import-words'

const TURNS = {
  rollback: {
    icon: Undo2,
    label: 'Roll back',
    title: 'Roll this import back?',
    action: 'Roll it back',
    words: 'stops counting; it can be brought back as long as nothing replaces it.',
  },
  restore: {
    icon: RotateCcw,
    label: 'Bring back',
    title: 'Bring this import back?',
    action: 'Bring it back',
    words: 'counts again, in place of what counts now.',
  },
} as const

/** Rolls an import back, or brings it back, after saying what will count then. */
export function TurnImport({
  turn,
  item,
  imports,
}: {
  turn: ImportTurn
  item: CostImport
  imports: readonly CostImport[]
}) {
  const [open, setOpen] = useState(false)
  const change = useTurnImport()
  const { icon: Icon, label, title, action, words } = TURNS[turn]
  const turns = turn === 'rollback' ? item.after_rollback : item.after_restore
  return (
    <>
      <Button
        size="sm"
        onClick={() => {
          change.reset()
          setOpen(true)
        }}
      >
        <Icon aria-hidden /> {label}
        <span className="sr-only"> {importName(item)}</span>
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={title}
        action={action}
        pending={change.isPending}
        error={change.error}
        onConfirm={() => change.mutate({ id: item.id, turn }, { onSuccess: () => setOpen(false) })}
      >
        <p className="break-words">
          {importName(item)} {words} Of the source {item.source} there will count:
        </p>
        <ul className="mt-2 grid list-disc gap-1 pl-5 text-fg">
          {afterTurn({ turns, imports }).map(({ month, words: counts }) => (
            <li key={month} className="break-words">
              {month}: {counts}
            </li>
          ))}
        </ul>
      </ConfirmDialog>
    </>
  )
}
