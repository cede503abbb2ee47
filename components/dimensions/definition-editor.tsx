'use client'
import { History, Redo2, Undo2 } from 'lucide-react'
import { useQueryStates } from 'nuqs'
import { type RefObject, useMemo } from 'react'
import { ErrorNote } from '@/components/feedback/error-note'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Segmented } from '@/components/ui/segmented'
import { ProblemError } from '@/lib/client/problem-error'
import type { Vocabulary } from '@/lib/presentation/costformation/completions'
import { dimensionsParams } from '@/lib/presentation/search-params'
import { definitionCompletion } from './completion-source'
import { DefinitionForm } from './form/definition-form'
import { GUIDE_EXAMPLE } from './guide-example'
import { IssueList } from './issue-list'
import { OvertakenNote } from './overtaken-note'
import type { DefinitionDraft } from './use-definition-draft'
import type { Validation } from './use-validation'
import { YamlEditor, type YamlEditorHandle } from './yaml-editor'

const MODES = [
  { value: 'yaml', label: 'YAML' },
  { value: 'form', label: 'Form' },
] as const

function stateWords({ save, changed, base, text }: DefinitionDraft): string {
  if (save.isPending) return 'Saving…'
  if (changed) return 'Unsaved changes'
  if (save.data?.version === base.version) return `Saved as version ${save.data.version}`
  return text.trim() === '' ? 'Nothing is defined yet' : `Version ${base.version}, saved`
}

export function DefinitionEditor({
  editor,
  draft,
  validation,
  vocabulary,
  onVersions,
}: {
  editor: RefObject<YamlEditorHandle | null>
  draft: DefinitionDraft
  validation: Validation
  vocabulary: Omit<Vocabulary, 'dimensions'>
  /** With a version whose changes are to be shown at once. */
  onVersions: (shown: number | null) => void
}) {
  const [{ edit }, setParams] = useQueryStates(dimensionsParams)
  const { text, changed, save, overtakenBy } = draft
  const empty = text.trim() === ''
  const complete = useMemo(() => definitionCompletion(() => vocabulary), [vocabulary])
  const conflict = save.error instanceof ProblemError && save.error.problem.status === 409
  const jump = (line: number, column: number) => {
    void setParams({ edit: 'yaml' })
    requestAnimationFrame(() => editor.current?.jumpTo(line, column))
  }
  return (
    <Card
      title="Definitions"
      description={<span role="status">{stateWords(draft)}</span>}
      flush
      actions={
        <>
          <Segmented label="Edit as" value={edit} options={MODES} onChange={(next) => setParams({ edit: next })} />
          <Button variant="ghost" size="icon" aria-label="Undo" title="Undo" onClick={() => editor.current?.undo()}>
            <Undo2 aria-hidden />
          </Button>
          <Button variant="ghost" size="icon" aria-label="Redo" title="Redo" onClick={() => editor.current?.redo()}>
            <Redo2 aria-hidden />
          </Button>
          <Button onClick={() => onVersions(null)} disabled={draft.base.version === 0}>
            <History aria-hidden />
            Versions
          </Button>
          {empty && (
            <Button onClick={() => editor.current?.replaceAll(GUIDE_EXAMPLE, { focus: edit === 'yaml' })}>
              Insert the guide’s example
            </Button>
          )}
          {changed && <Button onClick={draft.discard}>Discard</Button>}
          <Button variant="primary" disabled={!changed} pending={save.isPending} onClick={draft.submit}>
            Save
          </Button>
        </>
      }
    >
      {overtakenBy && (
        <div className="border-t p-3">
          <OvertakenNote
            latest={overtakenBy}
            onCompare={() => onVersions(overtakenBy.version)}
            onKeepMine={draft.keepMine}
            onTakeTheirs={draft.takeTheirs}
          />
        </div>
      )}
      <YamlEditor
        ref={editor}
        value={text}
        issues={validation.issues}
        shown={edit === 'yaml'}
        complete={complete}
        onChange={draft.write}
        onSave={draft.submit}
        label="Definitions in YAML"
      />
      {edit === 'form' && <DefinitionForm text={text} editor={editor} vocabulary={vocabulary} onJump={jump} />}
      <div className="grid gap-3 border-t px-4 py-3 sm:px-5">
        {save.error &&
          !conflict &&
          (validation.issues.some((issue) => issue.severity === 'error') ? (
            <p role="alert" className="text-[13px] font-medium text-bad">
              Not saved. These have to be right first:
            </p>
          ) : (
            <ErrorNote error={save.error} />
          ))}
        <IssueList {...validation} empty={empty} onJump={jump} />
        {edit === 'yaml' && (
          <p className="text-xs text-subtle">
            Ctrl+Space completes; Tab indents; Escape, then Tab leaves the editor. Ctrl+S or ⌘S saves.
          </p>
        )}
      </div>
    </Card>
  )
}
