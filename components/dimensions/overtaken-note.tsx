import { Note } from '@/components/feedback/note'
import { Button } from '@/components/ui/button'
import { When } from '@/components/ui/when'
import type { DefinitionDocument } from '@/lib/contract/definition-versions'

/** Somebody saved while this was being written: what to do about it. Nothing here is lost by any choice. */
export function OvertakenNote({
  latest,
  onCompare,
  onKeepMine,
  onTakeTheirs,
}: {
  latest: DefinitionDocument
  onCompare: () => void
  onKeepMine: () => void
  onTakeTheirs: () => void
}) {
  return (
    <div role="alert">
      <Note
        tone="warning"
        action={
          <span className="flex flex-wrap gap-2">
            <Button size="sm" onClick={onCompare}>
              See what changed
            </Button>
            <Button size="sm" onClick={onTakeTheirs}>
              Take theirs
            </Button>
            <Button size="sm" onClick={onKeepMine}>
              Go on with mine
            </Button>
          </span>
        }
      >
        {latest.author} saved version {latest.version} {latest.created_at && <When time={latest.created_at} />} while
        you were writing. Your text is as you left it, and not saved.
      </Note>
    </div>
  )
}
