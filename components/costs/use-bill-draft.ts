'use client'
import { useState } from 'react'
import { useImportPreview } from '@/lib/client/import-preview'
import { useSaveProfile } from '@/lib/client/import-profiles'
import type { Bill } from '@/lib/client/upload-bill'
import type { ImportFormat } from '@/lib/contract/costs'
import type { ImportPreview } from '@/lib/contract/import-preview'
import { fitMapping, type MappingDraft, wholeMapping } from '@/lib/presentation/mapping-draft'
import { useSettled } from './use-settled'

/** A mapping in the making; one that was only fitted to the file goes with the source that it is of. */
interface Edit {
  draft: MappingDraft
  source: string
  byHand: boolean
}

interface Options {
  source: string
  mode: 'replace' | 'append'
  format: ImportFormat
  /** As it is typed; 0 to 100. */
  maxRejected: string
  saveProfile: boolean
}

const USUAL: Options = { source: 'default', mode: 'replace', format: 'auto', maxRejected: '50', saveProfile: true }

const sourceOf = (text: string) => text.trim() || 'default'

/** Whether someone has to say which column is what: nothing tells it, or what was saved does not fit. */
function isMappingDue({ preview, format }: { preview: ImportPreview; format: ImportFormat }): boolean {
  if (preview.columns.length === 0) return false
  return preview.format === null || format === 'mapping' || (preview.format === 'mapping' && preview.error !== null)
}

/** What a mapping begins with: the source's own as far as it fits, or what the header suggests. */
function firstDraft({ profile, suggested_mapping: suggested, columns }: ImportPreview): MappingDraft | null {
  return profile && suggested ? fitMapping({ saved: profile, suggested, columns }) : suggested
}

/** The bill that is being prepared: its files, what they are, and how they are to be read. */
export function useBillDraft() {
  const [files, setFiles] = useState<File[]>([])
  const [choice, setChoice] = useState(0)
  const [options, setOptions] = useState(USUAL)
  const [edit, setEdit] = useState<Edit | null>(null)
  const saveProfile = useSaveProfile()
  const source = sourceOf(useSettled(options.source))
  const edited = edit && (edit.byHand || edit.source === source) ? edit.draft : null
  const { sample, preview } = useImportPreview({
    file: files[0] ?? null,
    draft: choice,
    source,
    format: options.format,
    mapping: edited && wholeMapping(edited),
  })
  const seen = files.length > 0 ? (preview.data ?? null) : null
  const isMapping = edited !== null || (seen !== null && isMappingDue({ preview: seen, format: options.format }))
  const draft = edited ?? (seen && firstDraft(seen))
  // A profile that does not fit the file is tried again with what of it does.
  if (edited === null && draft && seen?.format === 'mapping' && seen.error !== null && !preview.isPlaceholderData)
    setEdit({ draft, source, byHand: false })
  const mapping = isMapping && draft ? wholeMapping(draft) : null
  // The server has read the very mapping that goes out, and could not.
  const isRefused = edited !== null && seen?.format === 'mapping' && seen.error !== null

  const choose = (next: File[]) => {
    setFiles(next)
    setChoice(choice + 1)
    setEdit(null)
  }
  const share = Number(options.maxRejected)
  const bill: Bill = {
    files,
    source: sourceOf(options.source),
    mode: options.mode,
    format: isMapping ? 'mapping' : options.format,
    maxRejected: share / 100,
    mapping,
  }
  const isShareRight = options.maxRejected.trim() !== '' && share >= 0 && share <= 100
  const isLooking = files.length > 0 && (sample === null || (sample.kind === 'text' && preview.isPending))
  return {
    files,
    choose,
    options,
    change: (said: Partial<Options>) => {
      // Another format begins anew.
      if (said.format !== undefined) setEdit(null)
      setOptions({ ...options, ...said })
    },
    sample,
    preview: seen,
    previewError: files.length > 0 ? preview.error : null,
    isStale: preview.isPlaceholderData,
    isMapping,
    draft,
    edit: (next: MappingDraft | null) => setEdit(next && { draft: next, source, byHand: true }),
    isLooking,
    isReady: files.length > 0 && isShareRight && !isLooking && (!isMapping || (mapping !== null && !isRefused)),
    isShareRight,
    bill,
    prepare:
      mapping && options.saveProfile ? () => saveProfile.mutateAsync({ source: bill.source, mapping }) : undefined,
  }
}

export type BillDraft = ReturnType<typeof useBillDraft>
