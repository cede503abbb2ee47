'use client'
import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { SkeletonRows } from '@/components/ui/skeleton'
import { useApiKeys } from '@/lib/client/api-keys'
import { ApiKeysTable } from './api-keys-table'
import { CreateKeyDialog } from './create-key-dialog'

export function ApiKeysCard() {
  const [creating, setCreating] = useState(false)
  const { data, error, refetch } = useApiKeys()
  return (
    <Card
      title="API keys"
      description="Senders use them to deliver telemetry and bills. Only a hash is kept."
      flush
      actions={
        <Button variant="primary" onClick={() => setCreating(true)}>
          <Plus aria-hidden /> Create a key
        </Button>
      }
    >
      {data ? (
        data.keys.length > 0 ? (
          <ApiKeysTable keys={data.keys} />
        ) : (
          <EmptyState icon={KeyRound} title="No keys yet">
            Create one for each sender, so that each can be revoked by itself.
          </EmptyState>
        )
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <SkeletonRows label="Loading the keys" rows={2} />
      )}
      <CreateKeyDialog open={creating} onOpenChange={setCreating} />
    </Card>
  )
}
