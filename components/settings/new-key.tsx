import type { z } from 'zod'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import type { apiKeyCreated } from '@/lib/contract/workspace'

export function NewKey({ created, onDone }: { created: z.infer<typeof apiKeyCreated>; onDone: () => void }) {
  return (
    <div className="grid gap-4">
      <div className="flex items-center gap-3 rounded-lg border bg-muted/50 p-3">
        <code data-testid="new-api-key" className="min-w-0 flex-1 font-mono text-xs break-all">
          {created.key}
        </code>
        <CopyButton text={created.key} label="Copy" />
      </div>
      <p className="text-[13px] text-soft">
        As <code className="font-mono text-xs">APPORTION_API_KEY</code> in a shell, it makes the curl line of a stream’s
        page work as it stands.
      </p>
      <div className="flex justify-end">
        <Button variant="primary" onClick={onDone}>
          I have copied it
        </Button>
      </div>
    </div>
  )
}
