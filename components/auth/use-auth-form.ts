'use client'
import { type FormEvent, useState } from 'react'

/** Sends a form once; a refusal is kept for showing, success leaves for `to` with a full load, as the session is new. */
export function useAuthForm({ send, to }: { send: (data: FormData) => Promise<unknown>; to: string }) {
  const [error, setError] = useState<Error | null>(null)
  const [pending, setPending] = useState(false)
  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (pending) return
    setPending(true)
    setError(null)
    try {
      await send(new FormData(event.currentTarget))
      window.location.assign(to)
    } catch (cause) {
      setError(cause instanceof Error ? cause : new Error(String(cause)))
      setPending(false)
    }
  }
  return { error, pending, onSubmit }
}
