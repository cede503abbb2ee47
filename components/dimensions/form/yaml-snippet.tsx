'use client'
import { Button } from '@/components/ui/button'
import { ScrollRegion } from '@/components/ui/scroll-region'
import type { FormSnippet } from '@/lib/presentation/costformation/definition-form'
import { useForm } from './form-context'

/** What the form has no fields for; it stays in the document as it is. */
export function YamlSnippet({ snippet: { name, yaml, line } }: { snippet: FormSnippet }) {
  const { jump } = useForm()
  return (
    <div className="min-w-0 rounded-lg border border-dashed bg-muted/40">
      <ScrollRegion label={`${name} as YAML, line ${line}`} className="max-h-48">
        <pre className="w-max min-w-full px-3 py-2 font-mono text-xs leading-relaxed text-soft">{yaml}</pre>
      </ScrollRegion>
      <div className="flex justify-end border-t border-dashed px-2 py-1">
        <Button variant="ghost" size="sm" onClick={() => jump(line)}>
          Edit in YAML
        </Button>
      </div>
    </div>
  )
}
