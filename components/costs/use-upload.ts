'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { queryKeys } from '@/lib/client/query-keys'
import { type Bill, uploadBill } from '@/lib/client/upload-bill'

type UploadState =
  | { kind: 'idle' }
  | { kind: 'sending'; sent: number }
  | { kind: 'done' }
  | { kind: 'failed'; error: Error }

export function useUpload() {
  const client = useQueryClient()
  const [state, setState] = useState<UploadState>({ kind: 'idle' })
  const controller = useRef<AbortController>(null)

  /** `prepare` goes first: what it throws fails the upload before anything was sent. */
  const start = async ({
    bill,
    prepare,
    onDone,
  }: {
    bill: Bill
    prepare?: (() => Promise<unknown>) | undefined
    onDone: () => void
  }) => {
    const abort = new AbortController()
    controller.current = abort
    setState({ kind: 'sending', sent: 0 })
    try {
      await prepare?.()
      await uploadBill({
        bill,
        signal: abort.signal,
        onProgress: (sent) => setState((now) => (now.kind === 'sending' ? { kind: 'sending', sent } : now)),
      })
      setState({ kind: 'done' })
      onDone()
    } catch (cause) {
      const error = cause instanceof Error ? cause : new Error(String(cause))
      setState(abort.signal.aborted ? { kind: 'idle' } : { kind: 'failed', error })
    }
    await client.invalidateQueries({ queryKey: queryKeys.imports })
    await client.invalidateQueries({ queryKey: queryKeys.workspace })
  }
  return {
    state,
    start,
    cancel: () => controller.current?.abort(),
    reset: () => setState({ kind: 'idle' }),
  }
}
