'use client'
import { Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { useDeleteStream } from '@/lib/client/streams'
import type { Stream } from '@/lib/contract/streams'
import { counted } from '@/lib/presentation/explain-words'

export function DeleteStream({ stream }: { stream: Stream }) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const remove = useDeleteStream(stream.name)
  return (
    <>
      <Button variant="danger-ghost" onClick={() => setOpen(true)}>
        <Trash2 aria-hidden /> Delete
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Delete ${stream.name}?`}
        action="Delete the stream"
        typeToConfirm={stream.name}
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(undefined, { onSuccess: () => router.push('/streams') })}
      >
        Its {counted(stream.records, 'record')} no longer split any cost
        {stream.used_by.length > 0 && `; what ${stream.used_by.join(' and ')} split by it becomes unallocated`}.
      </ConfirmDialog>
    </>
  )
}
