'use client'
import { Upload } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { cn } from './cn'

/** A file input that also takes what is dropped on it. Without `multiple`, the first file counts. */
export function DropZone({
  label,
  hint,
  accept,
  files,
  onFiles,
  multiple = false,
  inputRef,
}: {
  label: string
  hint: ReactNode
  accept: string
  files: readonly File[]
  onFiles: (files: File[]) => void
  multiple?: boolean
  inputRef?: React.Ref<HTMLInputElement>
}) {
  const id = useId()
  const [over, setOver] = useState(false)
  const choose = (list: FileList | null) => {
    const chosen = [...(list ?? [])].slice(0, multiple ? undefined : 1)
    if (chosen.length > 0) onFiles(chosen)
  }
  const names = files.length > 1 ? `${files.length} files` : files[0]?.name
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the input inside is the accessible way
    <div
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        choose(event.dataTransfer.files)
      }}
      className={cn(
        'relative grid justify-items-center gap-1 rounded-lg border border-input border-dashed px-4 py-6 text-center transition-colors focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent hover:bg-muted/60',
        over && 'border-accent bg-accent-soft',
      )}
    >
      <Upload className="mb-1 size-5 text-accent" aria-hidden />
      <label htmlFor={id} className="text-[13px] font-medium">
        {label}
      </label>
      <p id={`${id}-hint`} className="max-w-full text-xs break-words text-soft">
        {names ? <span className="font-medium text-fg">{names}</span> : hint}
      </p>
      <input
        ref={inputRef}
        id={id}
        type="file"
        accept={accept}
        multiple={multiple}
        aria-describedby={`${id}-hint`}
        onChange={(event) => {
          choose(event.target.files)
          event.target.value = ''
        }}
        className="absolute inset-0 cursor-pointer opacity-0"
      />
    </div>
  )
}
