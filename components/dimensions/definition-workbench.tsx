'use client'
import { useQueryStates } from 'nuqs'
import { useMemo, useRef, useState } from 'react'
import { useCostKeys } from '@/lib/client/explorer'
import { useStreams } from '@/lib/client/streams'
import type { DefinitionDocument } from '@/lib/contract/definition-versions'
import { dimensionsParams } from '@/lib/presentation/search-params'
import { DefinitionEditor } from './definition-editor'
import { DimensionList } from './dimension-list'
import { PreviewCard } from './preview/preview-card'
import { useDefinitionDraft } from './use-definition-draft'
import { useUnsavedGuard } from './use-unsaved-guard'
import { useValidation } from './use-validation'
import { VersionsSheet } from './versions/versions-sheet'
import type { YamlEditorHandle } from './yaml-editor'

/** The document and, beside it, what it would change and what there is. */
export function DefinitionWorkbench({ latest }: { latest: DefinitionDocument }) {
  const editor = useRef<YamlEditorHandle>(null)
  const draft = useDefinitionDraft({ latest, editor })
  const validation = useValidation(draft.text)
  const [versions, setVersions] = useState<{ open: boolean; shown: number | null }>({ open: false, shown: null })
  const [{ metric }] = useQueryStates(dimensionsParams)
  const { data: keys } = useCostKeys()
  const { data: streams } = useStreams()
  useUnsavedGuard(draft.changed)
  const vocabulary = useMemo(
    () => ({
      tagKeys: keys?.keys.filter(({ kind }) => kind === 'tag').map(({ label }) => label) ?? [],
      attributes: keys?.keys.filter(({ kind }) => kind === 'attribute').map(({ label }) => label) ?? [],
      streams: streams?.streams.map(({ name }) => name) ?? [],
    }),
    [keys, streams],
  )
  return (
    <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <DefinitionEditor
        editor={editor}
        draft={draft}
        validation={validation}
        vocabulary={vocabulary}
        onVersions={(shown) => setVersions({ open: true, shown })}
      />
      <div className="grid min-w-0 gap-5">
        <PreviewCard
          yaml={draft.changed ? validation.valid : null}
          changed={draft.changed}
          waiting={validation.checking}
          version={draft.base.version}
          metric={metric ?? 'BilledCost'}
        />
        <DimensionList />
      </div>
      <VersionsSheet
        open={versions.open}
        onOpenChange={(open) => setVersions((before) => ({ ...before, open }))}
        shown={versions.shown}
        current={latest.version}
        unsaved={draft.changed}
      />
    </div>
  )
}
