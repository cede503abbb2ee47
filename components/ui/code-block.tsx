import { CopyButton } from './copy-button'
import { ScrollRegion } from './scroll-region'

export function CodeBlock({ label, text }: { label: string; text: string }) {
  return (
    <div className="min-w-0 rounded-lg border bg-muted/50">
      <div className="flex items-center justify-between gap-3 border-b px-3 py-1.5">
        <span className="text-xs text-soft">{label}</span>
        <CopyButton text={text} label="Copy" variant="ghost" />
      </div>
      <ScrollRegion label={label}>
        <pre className="w-max min-w-full p-3 font-mono text-xs leading-relaxed">{text}</pre>
      </ScrollRegion>
    </div>
  )
}
