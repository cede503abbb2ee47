'use client'
import { type RefObject, useMemo, useState } from 'react'
import { Note } from '@/components/feedback/note'
import { Button } from '@/components/ui/button'
import type { Vocabulary } from '@/lib/presentation/costformation/completions'
import { readForm } from '@/lib/presentation/costformation/definition-form'
import { documentDimensions } from '@/lib/presentation/costformation/document-dimensions'
import { tryEdit } from '@/lib/presentation/costformation/text-edit'
import { openSource } from '@/lib/presentation/costformation/yaml-places'
import type { YamlEditorHandle } from '../yaml-editor'
import { AddDimension } from './add-dimension'
import { DimensionCard } from './dimension-card'
import { FormProvider } from './form-context'

/** The same document as fields. Each change is one step of the editor's history, and touches nothing but its place. */
export function DefinitionForm({
  text,
  editor,
  vocabulary,
  onJump,
}: {
  text: string
  editor: RefObject<YamlEditorHandle | null>
  vocabulary: Omit<Vocabulary, 'dimensions'>
  onJump: (line: number, column: number) => void
}) {
  const [open, setOpen] = useState<string | null>(null)
  const [refused, setRefused] = useState(false)
  const dimensions = useMemo(() => {
    const source = openSource(text)
    return source && readForm(source)
  }, [text])
  const tools = useMemo(
    () => ({
      run: (edit: Parameters<typeof tryEdit>[1]) => {
        const changes = tryEdit(text, edit)
        setRefused(changes === null)
        if (changes !== null && changes.length > 0) editor.current?.apply(changes)
        return changes !== null
      },
      vocabulary: { ...vocabulary, dimensions: documentDimensions(text) },
      jump: (line: number) => onJump(line, 1),
    }),
    [text, editor, vocabulary, onJump],
  )
  if (dimensions === null) {
    return (
      <div className="border-t p-4">
        <Note
          tone="warning"
          action={
            <Button size="sm" onClick={() => onJump(1, 1)}>
              Edit in YAML
            </Button>
          }
        >
          The document is no definition that a form can show. Its text is as it was.
        </Note>
      </div>
    )
  }
  return (
    <FormProvider value={tools}>
      {refused && (
        <div className="border-t p-3" role="alert">
          <Note tone="warning">
            That cannot be changed here: it is written in a way, or named so, that only YAML can.
          </Note>
        </div>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the fields inside, which are heard here once */}
      <div
        onKeyDown={(event) => {
          const isField = event.target instanceof HTMLInputElement && event.target.type !== 'checkbox'
          if (isField || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return
          event.preventDefault()
          if (event.shiftKey) editor.current?.redo()
          else editor.current?.undo()
        }}
      >
        <ul aria-label="Dimensions of the definition" className="divide-y border-t">
          {dimensions.map((dimension, index) => (
            <DimensionCard
              key={dimension.id}
              dimension={dimension}
              first={index === 0}
              last={index === dimensions.length - 1}
              open={open === dimension.id}
              onRenamed={setOpen}
              onToggle={() => setOpen(open === dimension.id ? null : dimension.id)}
            />
          ))}
        </ul>
        <AddDimension dimensions={dimensions} onAdded={setOpen} />
      </div>
    </FormProvider>
  )
}
