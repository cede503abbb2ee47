'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { useDeleteProfile, useImportProfiles } from '@/lib/client/import-profiles'
import type { ImportProfile } from '@/lib/contract/import-profiles'
import { profileWords } from '@/lib/presentation/mapping-draft'

function Profile({ profile }: { profile: ImportProfile }) {
  const [open, setOpen] = useState(false)
  const forget = useDeleteProfile()
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5 sm:px-5">
      <div className="grid min-w-0 flex-1 basis-60 gap-0.5">
        <span className="text-[13px] font-medium break-words">{profile.source}</span>
        <span className="text-xs break-words text-soft">{profileWords(profile.mapping)}</span>
      </div>
      <Button size="sm" variant="danger-ghost" onClick={() => setOpen(true)}>
        Forget<span className="sr-only"> the profile of {profile.source}</span>
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title="Forget this profile?"
        action="Forget it"
        pending={forget.isPending}
        error={forget.error}
        onConfirm={() => forget.mutate(profile.source, { onSuccess: () => setOpen(false) })}
      >
        <p>
          The next CSV of {profile.source} that is of no known format has to be mapped again. Imports that were made
          stay as they are.
        </p>
      </ConfirmDialog>
    </li>
  )
}

/** The mappings that were saved; nothing where there is none. */
export function ProfilesCard() {
  const { data } = useImportProfiles()
  if (!data || data.profiles.length === 0) return null
  return (
    <Card title="Profiles" description="How the files of a source are read that are of no known format." flush>
      <ul className="divide-y border-t">
        {data.profiles.map((profile) => (
          <Profile key={profile.source} profile={profile} />
        ))}
      </ul>
    </Card>
  )
}
