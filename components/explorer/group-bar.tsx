'use client'
import { Layers, Plus } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { keyLabel } from '@/lib/presentation/explorer/keys'
import { Chip } from './chip'
import { KeyMenu } from './key-menu'
import type { Explorer } from './use-explorer'

const MOST = 3

/** What cost is cut by: up to three keys, in order. */
export function GroupBar({ explorer }: { explorer: Explorer }) {
  const { keys, params, setGroup } = explorer
  const { group } = params
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-2">
      <span className="inline-flex items-center gap-1.5 text-[13px] text-soft">
        <Layers className="size-4" aria-hidden /> Group by
      </span>
      {group.length > 0 && (
        <ul aria-label="Grouped by" className="flex min-w-0 flex-wrap gap-2">
          {group.map((key, at) => (
            <Chip
              key={key}
              onRemove={() => setGroup(group.filter((one) => one !== key))}
              removeLabel={`Do not group by ${keyLabel(key, keys)}`}
            >
              <KeyMenu
                label={`Group by, instead of ${keyLabel(key, keys)}`}
                keys={keys}
                without={group}
                onChoose={(next) => setGroup(group.map((one, index) => (index === at ? next : one)))}
              >
                <button
                  type="button"
                  className="h-full min-w-0 truncate rounded-l-md pr-1 pl-2.5 font-medium hover:bg-muted"
                >
                  {keyLabel(key, keys)}
                </button>
              </KeyMenu>
            </Chip>
          ))}
        </ul>
      )}
      {group.length < MOST && (
        <KeyMenu label="Group by" keys={keys} without={group} onChoose={(key) => setGroup([...group, key])}>
          <Button variant="ghost">
            <Plus aria-hidden />
            {group.length === 0 ? 'Choose a key' : 'Then by'}
          </Button>
        </KeyMenu>
      )}
    </div>
  )
}
