'use client'
import { type RefObject, useEffect, useState } from 'react'
import { useSaveDefinition } from '@/lib/client/costformation'
import type { DefinitionDocument } from '@/lib/contract/definition-versions'
import type { YamlEditorHandle } from './yaml-editor'

/** The editor's text has its line breaks only. */
const normalized = (yaml: string) => yaml.replace(/\r\n?/g, '\n')

/** The text being written, what it was begun from, and what somebody else has saved meanwhile. */
export function useDefinitionDraft({
  latest,
  editor,
}: {
  latest: DefinitionDocument
  editor: RefObject<YamlEditorHandle | null>
}) {
  const [base, setBase] = useState(latest)
  const [text, setText] = useState(() => normalized(latest.yaml))
  const save = useSaveDefinition()
  const saved = normalized(base.yaml)
  const changed = text !== saved
  const isNewer = latest.version > base.version

  // Someone else saved: follow, unless there is work here that it would overwrite.
  useEffect(() => {
    if (!isNewer) return
    const same = text === normalized(latest.yaml)
    if (changed && !same) return
    if (!same) editor.current?.replaceAll(normalized(latest.yaml))
    setBase(latest)
  }, [isNewer, changed, text, latest, editor])

  return {
    text,
    base,
    changed,
    save,
    /** The newer version that this work was not begun from. */
    overtakenBy: isNewer && changed ? latest : null,
    write: (next: string) => {
      setText(next)
      if (save.error) save.reset()
    },
    submit: () => {
      if (changed && !save.isPending) save.mutate({ yaml: text, baseVersion: base.version })
    },
    discard: () => editor.current?.replaceAll(saved),
    /** Work on, over the newer version. */
    keepMine: () => {
      setBase(latest)
      save.reset()
    },
    takeTheirs: () => {
      setBase(latest)
      editor.current?.replaceAll(normalized(latest.yaml))
      save.reset()
    },
  }
}

export type DefinitionDraft = ReturnType<typeof useDefinitionDraft>
