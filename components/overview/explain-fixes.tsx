'use client'
import Link from 'next/link'
import { buttonClasses } from '@/components/ui/button-classes'
import { CodeBlock } from '@/components/ui/code-block'
import { Disclosure } from '@/components/ui/disclosure'
import type { ExplainFix } from '@/lib/contract/allocations'

const GO: Record<ExplainFix['kind'], string> = {
  send_telemetry: 'Send records',
  replace_telemetry: 'Send records',
  gap_policy: 'To the definition',
  edit_definition: 'To the definition',
  explain_split: 'See why',
}

/** What would give the cost an element, with what is to be sent or written. */
export function ExplainFixes({ fixes }: { fixes: readonly ExplainFix[] }) {
  return (
    <ul className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {fixes.map(({ kind, text, link, snippets }) => (
        <li key={text} className="grid grid-cols-[minmax(0,1fr)] gap-2">
          <span className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1.5">
            <span className="min-w-0 flex-1 basis-64 text-fg">{text}</span>
            {link && (
              <Link href={link} className={buttonClasses({ size: 'sm' })}>
                {GO[kind]}
              </Link>
            )}
          </span>
          {snippets.length > 0 && (
            <Disclosure title={snippets.map(({ title }) => title).join(' or ')}>
              <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
                {snippets.map((snippet) => (
                  <CodeBlock key={snippet.title} label={snippet.title} text={withOrigin(snippet.text)} />
                ))}
              </div>
            </Disclosure>
          )}
        </li>
      ))}
    </ul>
  )
}

/** This workspace's own address, where the browser knows it. */
function withOrigin(text: string): string {
  return typeof window === 'undefined' ? text : text.replace('$APPORTION_URL', window.location.origin)
}
