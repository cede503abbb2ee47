'use client'
import { useEffect, useRef, useState } from 'react'
import { ErrorNote } from '@/components/feedback/error-note'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { useSaveDefinition } from '@/lib/client/costformation'
import { GUIDE_EXAMPLE } from './guide-example'
import { IssueList } from './issue-list'
import { useUnsavedGuard } from './use-unsaved-guard'
import { useValidation } from './use-validation'
import { YamlEditor, type YamlEditorHandle } from './yaml-editor'

export function DefinitionEditor({ saved }: { saved: string }) {
  const [text, setText] = useState(saved)
  const editor = useRef<YamlEditorHandle>(null)
  const save = useSaveDefinition()
  const validation = useValidation(text)
  const changed = text !== saved
  const empty = text.trim() === ''
  useUnsavedGuard(changed)

  // Someone else saved: follow, unless there is work here that it would overwrite.
  const lastSaved = useRef(saved)
  useEffect(() => {
    if (text === lastSaved.current && text !== saved) editor.current?.replaceAll(saved)
    lastSaved.current = saved
  }, [saved, text])

  const onSave = () => {
    if (changed && !save.isPending) save.mutate(text)
  }
  const state = save.isPending
    ? 'Saving…'
    : changed
      ? 'Unsaved changes'
      : save.data
        ? `Saved as version ${save.data.version}`
        : empty
          ? 'Nothing is defined yet'
          : 'Saved'
  return (
    <Card
      title="Definitions"
      description={<span role="status">{state}</span>}
      flush
      actions={
        <>
          {empty && (
            <Button onClick={() => editor.current?.replaceAll(GUIDE_EXAMPLE, { focus: true })}>
              Insert the guide’s example
            </Button>
          )}
          {changed && <Button onClick={() => editor.current?.replaceAll(saved)}>Discard</Button>}
          <Button variant="primary" disabled={!changed} pending={save.isPending} onClick={onSave}>
            Save
          </Button>
        </>
      }
    >
      <YamlEditor
        ref={editor}
        value={text}
        issues={validation.issues}
        onChange={(next) => {
          setText(next)
          if (save.error) save.reset()
        }}
        onSave={onSave}
        label="Definitions in YAML"
      />
      <div className="grid gap-3 border-t px-4 py-3 sm:px-5">
        {save.error &&
          (validation.issues.some((issue) => issue.severity === 'error') ? (
            <p role="alert" className="text-[13px] font-medium text-bad">
              Not saved. These have to be right first:
            </p>
          ) : (
            <ErrorNote error={save.error} />
          ))}
        <IssueList {...validation} empty={empty} onJump={(line, column) => editor.current?.jumpTo(line, column)} />
        <p className="text-xs text-subtle">Tab indents; Escape, then Tab leaves the editor. Ctrl+S or ⌘S saves.</p>
      </div>
    </Card>
  )
}
