'use client'
import Link from 'next/link'
import { buttonClasses } from '@/components/ui/button-classes'
import { useDimensions } from '@/lib/client/costformation'
import type { UnallocatedReason } from '@/lib/contract/allocations'
import { REASON_WORDS } from '@/lib/presentation/reasons'

/** Why nothing claims it, and where to change that. */
export function UnallocatedFix({ dimension, reasons }: { dimension: string; reasons: readonly UnallocatedReason[] }) {
  const { data } = useDimensions()
  const streams = data?.dimensions.find(({ id, name }) => name === dimension || id === dimension)?.streams ?? []
  const byDefinition = reasons.includes('not_in_dimension')
  const byTelemetry = reasons.some((reason) => reason !== 'not_in_dimension')
  if (reasons.length === 0) return null
  return (
    <div className="grid gap-3 rounded-lg bg-warn-soft px-3.5 py-3 text-[13px] text-warn">
      {reasons.map((reason) => (
        <p key={reason}>
          <strong className="font-semibold">{REASON_WORDS[reason].short}.</strong> {REASON_WORDS[reason].why}{' '}
          {REASON_WORDS[reason].fix}
        </p>
      ))}
      <div className="flex flex-wrap gap-2">
        {byTelemetry &&
          streams.map((name) => (
            <Link
              key={name}
              href={`/streams/${encodeURIComponent(name)}?tab=send`}
              className={buttonClasses({ size: 'sm' })}
            >
              Send to {name}
            </Link>
          ))}
        {byTelemetry && streams.length === 0 && (
          <Link href="/streams" className={buttonClasses({ size: 'sm' })}>
            To the streams
          </Link>
        )}
        {byDefinition && (
          <Link href="/dimensions" className={buttonClasses({ size: 'sm' })}>
            To the definitions
          </Link>
        )}
      </div>
    </div>
  )
}
