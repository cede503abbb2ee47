import { PageHeader } from '@/components/layout/page-header'
import type { SignedInUser } from '@/components/layout/side-panel'
import { SignOutButton } from '@/components/layout/sign-out-button'
import { Card } from '@/components/ui/card'
import { ApiKeysCard } from './api-keys-card'
import { EnginesCard } from './engines-card'

export function SettingsScreen({ user }: { user: SignedInUser }) {
  return (
    <>
      <PageHeader
        title="Settings"
        description="Keys for senders and scripts, your account, and what runs underneath."
      />
      <ApiKeysCard />
      <div className="grid items-start gap-5 md:grid-cols-2">
        <Card title="Account" actions={<SignOutButton />}>
          <dl className="grid gap-3">
            <div>
              <dt className="text-xs text-subtle">Name</dt>
              <dd className="text-[13px] font-medium">{user.name}</dd>
            </div>
            <div>
              <dt className="text-xs text-subtle">Email</dt>
              <dd className="text-[13px] font-medium break-all">{user.email}</dd>
            </div>
          </dl>
        </Card>
        <EnginesCard />
      </div>
    </>
  )
}
