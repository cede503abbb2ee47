'use client'
import { Dialog } from '@/components/ui/dialog'
import { useCreateApiKey } from '@/lib/client/api-keys'
import { CreateKeyForm } from './create-key-form'
import { NewKey } from './new-key'

/** Asks for name and scopes, then shows the key: this once. */
export function CreateKeyDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const create = useCreateApiKey()
  const close = () => {
    onOpenChange(false)
    create.reset()
  }
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => (next ? onOpenChange(true) : close())}
      title={create.data ? 'Copy the key now' : 'Create an API key'}
      description={create.data ? 'It is shown this once, and cannot be read again.' : undefined}
    >
      {create.data ? (
        <NewKey created={create.data} onDone={close} />
      ) : (
        <CreateKeyForm create={create} onCancel={close} />
      )}
    </Dialog>
  )
}
