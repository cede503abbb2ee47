'use client'
import { useState } from 'react'
import { ErrorNote } from '@/components/feedback/error-note'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { When } from '@/components/ui/when'
import { useRestoreVersion } from '@/lib/client/definition-versions'
import type { DefinitionVersion } from '@/lib/contract/definition-versions'
import { summaryWords } from '@/lib/presentation/version-words'
import { DiffView } from './diff-view'

export function VersionItem({
  version: { version, author, created_at, restored_from, summary },
  current,
  initiallyOpen,
  unsaved,
  onRestored,
}: {
  version: DefinitionVersion
  current: number
  initiallyOpen: boolean
  unsaved: boolean
  onRestored: () => void
}) {
  const [shown, setShown] = useState<'before' | 'current' | null>(initiallyOpen ? 'before' : null)
  const restore = useRestoreVersion()
  const isCurrent = version === current
  const toggle = (which: 'before' | 'current') => setShown(shown === which ? null : which)
  return (
    <li className="grid grid-cols-1 gap-2 px-5 py-3">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="tnum text-[13px] font-medium">Version {version}</span>
        {isCurrent && <Badge tone="success">In force</Badge>}
        {restored_from !== null && <Badge>Brought back from {restored_from}</Badge>}
        <span className="ml-auto text-xs text-subtle">
          {author}, <When time={created_at} />
        </span>
      </div>
      <p className="text-[13px] break-words text-soft">{summaryWords(summary)}</p>
      <div className="flex flex-wrap gap-2">
        <Button size="sm" aria-expanded={shown === 'before'} onClick={() => toggle('before')}>
          What it changed
        </Button>
        {!isCurrent && (
          <>
            <Button size="sm" aria-expanded={shown === 'current'} onClick={() => toggle('current')}>
              Since then
            </Button>
            <Button
              size="sm"
              disabled={unsaved}
              pending={restore.isPending}
              onClick={() => restore.mutate({ version, baseVersion: current }, { onSuccess: onRestored })}
            >
              Bring back
              <span className="sr-only"> version {version}</span>
            </Button>
          </>
        )}
      </div>
      {restore.error && <ErrorNote error={restore.error} />}
      {shown === 'before' && <DiffView version={version} label={`What version ${version} changed`} />}
      {shown === 'current' && (
        <DiffView version={current} against={version} label={`What changed since version ${version}`} />
      )}
    </li>
  )
}
