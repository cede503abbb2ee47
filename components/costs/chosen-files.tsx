import { X } from 'lucide-react'
import { formatBytes } from '@/lib/presentation/file-size'

/** Several files as one bill, each with the way to take it out. */
export function ChosenFiles({ files, onChange }: { files: readonly File[]; onChange: (files: File[]) => void }) {
  return (
    <ul
      aria-label="Files of this bill"
      className="grid max-h-56 divide-y overflow-y-auto rounded-lg border text-[13px]"
    >
      {files.map((file) => (
        <li key={`${file.name}:${file.size}:${file.lastModified}`} className="flex items-center gap-3 py-1 pr-1 pl-3">
          <span className="min-w-0 truncate">{file.name}</span>
          <span className="tnum ml-auto shrink-0 text-xs text-subtle">{formatBytes(file.size)}</span>
          <button
            type="button"
            className="grid size-7 shrink-0 place-items-center rounded-md text-soft hover:bg-muted hover:text-fg"
            onClick={() => onChange(files.filter((one) => one !== file))}
          >
            <X className="size-4" aria-hidden />
            <span className="sr-only">Leave {file.name} out</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
