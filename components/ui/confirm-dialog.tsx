'use client'
import { type ReactNode, useState } from 'react'
import { ErrorNote } from '@/components/feedback/error-note'
import { Button } from './button'
import { Dialog } from './dialog'
import { Field } from './field'
import { Input } from './input'

/** Asks before something is taken away; with `typeToConfirm`, its name has to be typed first. */
export function ConfirmDialog({
  open,
  onOpenChange,
  title,
  children,
  action,
  typeToConfirm,
  pending,
  error,
  onConfirm,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  children: ReactNode
  action: string
  typeToConfirm?: string
  pending: boolean
  error: Error | null
  onConfirm: () => void
}) {
  const [typed, setTyped] = useState('')
  const ready = typeToConfirm === undefined || typed === typeToConfirm
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={title}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready && !pending) onConfirm()
        }}
      >
        <div className="text-[13px] text-soft">{children}</div>
        {typeToConfirm !== undefined && (
          <Field label={`Type ${typeToConfirm} to confirm`}>
            {(props) => (
              <Input {...props} value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" />
            )}
          </Field>
        )}
        {error && <ErrorNote error={error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={() => onOpenChange(false)}>Keep it</Button>
          <Button type="submit" variant="danger" disabled={!ready} pending={pending}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
