import { CopyButton } from './copy-button'
import { ScrollRegion } from './scroll-region'

export function CodeBlock({ label, text }: { label: string; text: string }) {
  return (
    <div className="relative rounded-lg border bg-muted/50">
      <div className="absolute top-2 right-2">
        <CopyButton text={text} label="Copy" />
      </div>
      <ScrollRegion label={label}>
        <pre className="w-max min-w-full p-3 pr-24 font-mono text-xs leading-relaxed">{text}</pre>
      </ScrollRegion>
    </div>
  )
}
