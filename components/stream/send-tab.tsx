'use client'
import Link from 'next/link'
import { useSyncExternalStore } from 'react'
import { CodeBlock } from '@/components/ui/code-block'
import { useCatalogue } from '@/lib/client/costs'
import type { Stream } from '@/lib/contract/streams'
import { curlLine } from '@/lib/presentation/telemetry-example'
import { CsvUpload } from './csv-upload'

const never = () => () => {}

export function SendTab({ stream }: { stream: Stream }) {
  const { data: catalogue } = useCatalogue()
  const origin = useSyncExternalStore(
    never,
    () => window.location.origin,
    () => '',
  )
  return (
    <div className="grid gap-8 p-4 sm:p-5">
      <section aria-labelledby="send-by-curl" className="grid min-w-0 gap-3">
        <div>
          <h2 id="send-by-curl" className="text-sm font-semibold">
            By curl
          </h2>
          <p className="text-[13px] text-soft">
            <code className="font-mono text-xs">/sum</code> adds to what is there,{' '}
            <code className="font-mono text-xs">/replace</code> overwrites it,{' '}
            <code className="font-mono text-xs">/delete</code> takes it away. The key comes from{' '}
            <Link href="/settings" className="text-accent underline underline-offset-4">
              Settings
            </Link>
            .
          </p>
        </div>
        <CodeBlock label="Shell, with APPORTION_API_KEY set" text={curlLine({ origin, stream, catalogue })} />
      </section>
      <CsvUpload stream={stream} catalogue={catalogue} />
    </div>
  )
}
