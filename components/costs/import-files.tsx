import { Disclosure } from '@/components/ui/disclosure'
import type { CostImport } from '@/lib/contract/costs'
import { formatBytes } from '@/lib/presentation/file-size'

export function ImportFiles({ item }: { item: CostImport }) {
  return (
    <Disclosure title={`Files (${item.files.length})`}>
      <ul className="grid gap-1 text-xs text-soft">
        {item.files.map(({ file_name, bytes }, position) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the position is the file's identity, names may repeat
          <li key={position} className="flex gap-3">
            <span className="min-w-0 break-all">{file_name}</span>
            <span className="tnum ml-auto shrink-0 text-subtle">{formatBytes(bytes)}</span>
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}
