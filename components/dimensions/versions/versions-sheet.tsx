'use client'
import { ErrorState } from '@/components/feedback/error-state'
import { Button } from '@/components/ui/button'
import { Sheet } from '@/components/ui/sheet'
import { SkeletonRows } from '@/components/ui/skeleton'
import { useDefinitionVersions } from '@/lib/client/definition-versions'
import { VersionItem } from './version-item'

/** Every save, newest first, with what it changed and a way back. */
export function VersionsSheet({
  open,
  onOpenChange,
  shown,
  current,
  unsaved,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** The version whose changes are shown at once. */
  shown: number | null
  current: number
  unsaved: boolean
}) {
  return (
    <Sheet
      open={open}
      onOpenChange={onOpenChange}
      title="Versions"
      description="Each save is one. Bringing one back makes a new one."
    >
      {open && <VersionList shown={shown} current={current} unsaved={unsaved} onRestored={() => onOpenChange(false)} />}
    </Sheet>
  )
}

function VersionList({
  shown,
  current,
  unsaved,
  onRestored,
}: {
  shown: number | null
  current: number
  unsaved: boolean
  onRestored: () => void
}) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useDefinitionVersions()
  if (error && !data) return <ErrorState error={error} onRetry={refetch} />
  if (!data) return <SkeletonRows label="Loading the versions" />
  const versions = data.pages.flatMap((page) => page.versions)
  return (
    <div className="-mt-4 grid grid-cols-1 gap-4">
      {unsaved && (
        <p className="pt-4 text-[13px] text-soft">
          Save or discard your changes first; then an earlier version can come back.
        </p>
      )}
      <ol className="-mx-5 divide-y border-b">
        {versions.map((version) => (
          <VersionItem
            key={version.version}
            version={version}
            current={current}
            initiallyOpen={version.version === shown}
            unsaved={unsaved}
            onRestored={onRestored}
          />
        ))}
      </ol>
      {hasNextPage && (
        <Button className="justify-self-center" pending={isFetchingNextPage} onClick={() => fetchNextPage()}>
          Older versions
        </Button>
      )}
    </div>
  )
}
