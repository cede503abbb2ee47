'use client'
import { useEffect, useState } from 'react'
import { absoluteTime, relativeTime } from '@/lib/presentation/relative-time'

/** `3 minutes ago`, kept current, with the exact time in the tooltip. */
export function When({ time }: { time: string }) {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 10_000)
    return () => clearInterval(timer)
  }, [])
  return (
    <time dateTime={time} title={absoluteTime(time)} className="whitespace-nowrap" suppressHydrationWarning>
      {relativeTime(time, now)}
    </time>
  )
}
