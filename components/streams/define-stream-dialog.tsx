'use client'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { ErrorNote } from '@/components/feedback/error-note'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { useDefineStream } from '@/lib/client/streams'
import { type StreamGranularity, streamName } from '@/lib/contract/streams'
import { KeyPicker } from './key-picker'

const GRANULARITIES: { value: StreamGranularity; label: string; hint: string }[] = [
  { value: 'HOURLY', label: 'Hourly', hint: 'A value for each hour' },
  { value: 'DAILY', label: 'Daily', hint: 'A value for each day, UTC' },
  { value: 'MONTHLY', label: 'Monthly', hint: 'A value for each month' },
]

export function DefineStreamDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Define a stream"
      description="Granularity and filter keys stay as they are once records arrive."
    >
      <DefineStreamForm onCancel={() => onOpenChange(false)} />
    </Dialog>
  )
}

function DefineStreamForm({ onCancel }: { onCancel: () => void }) {
  const router = useRouter()
  const define = useDefineStream()
  const [name, setName] = useState('')
  const [granularity, setGranularity] = useState<StreamGranularity>('DAILY')
  const [keys, setKeys] = useState<string[]>([])
  const [nameError, setNameError] = useState<string>()

  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    const checked = streamName.safeParse(name)
    setNameError(checked.success ? undefined : `Use ${checked.error.issues[0]?.message}.`)
    if (!checked.success || define.isPending) return
    define.mutate(
      { name, granularity, filter_keys: keys },
      { onSuccess: () => router.push(`/streams/${encodeURIComponent(name)}?tab=send`) },
    )
  }
  return (
    <form onSubmit={onSubmit} className="grid gap-4">
      <Field label="Name" error={nameError} hint="As senders put it into the URL, for example rds-writes-by-product.">
        {(props) => (
          <Input
            {...props}
            value={name}
            onChange={(event) => setName(event.target.value)}
            autoComplete="off"
            autoFocus
          />
        )}
      </Field>
      <Field label="Granularity">
        {({ id }) => (
          <Select
            label="Granularity"
            id={id}
            value={granularity}
            options={GRANULARITIES}
            onChange={setGranularity}
            className="w-full"
          />
        )}
      </Field>
      <KeyPicker keys={keys} onChange={setKeys} />
      {define.error && <ErrorNote error={define.error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" pending={define.isPending}>
          Define the stream
        </Button>
      </div>
    </form>
  )
}
