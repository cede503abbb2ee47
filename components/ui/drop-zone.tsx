'use client'
import { Upload } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { cn } from './cn'

/** A file input that also takes what is dropped on it. */
export function DropZone({
  label,
  hint,
  accept,
  file,
  onFile,
  inputRef,
}: {
  label: string
  hint: ReactNode
  accept: string
  file: File | null
  onFile: (file: File) => void
  inputRef?: React.Ref<HTMLInputElement>
}) {
  const id = useId()
  const [over, setOver] = useState(false)
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
        const dropped = event.dataTransfer.files[0]
        if (dropped) onFile(dropped)
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
        {file ? <span className="font-medium text-fg">{file.name}</span> : hint}
      </p>
      <input
        ref={inputRef}
        id={id}
        type="file"
        accept={accept}
        aria-describedby={`${id}-hint`}
        onChange={(event) => {
          const chosen = event.target.files?.[0]
          if (chosen) onFile(chosen)
          event.target.value = ''
        }}
        className="absolute inset-0 cursor-pointer opacity-0"
      />
    </div>
  )
}
