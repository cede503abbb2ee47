'use client'
import { useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { RowTh, Table, Td, Th } from '@/components/ui/table'
import { When } from '@/components/ui/when'
import { useRevokeApiKey } from '@/lib/client/api-keys'
import type { ApiKey } from '@/lib/contract/workspace'

export function ApiKeysTable({ keys }: { keys: readonly ApiKey[] }) {
  const [asked, setAsked] = useState<ApiKey | null>(null)
  const revoke = useRevokeApiKey()
  return (
    <>
      <Table caption="Keys with their scopes and last use">
        <thead>
          <tr>
            <Th>Name</Th>
            <Th>Key</Th>
            <Th>Scopes</Th>
            <Th>Created</Th>
            <Th>Last used</Th>
            <Th>
              <span className="sr-only">Revoke</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.id} className="hover:bg-muted/50">
              <RowTh>{key.name}</RowTh>
              <Td className="font-mono text-xs whitespace-nowrap">{key.prefix}…</Td>
              <Td>
                <span className="flex flex-wrap gap-1">
                  {key.scopes.map((scope) => (
                    <Badge key={scope}>{scope}</Badge>
                  ))}
                </span>
              </Td>
              <Td className="whitespace-nowrap text-soft">
                <When time={key.created_at} /> by {key.created_by}
              </Td>
              <Td className="text-soft">{key.last_used_at ? <When time={key.last_used_at} /> : 'never'}</Td>
              <Td className="py-1 text-right">
                {key.revoked_at ? (
                  <Badge>
                    Revoked <When time={key.revoked_at} />
                  </Badge>
                ) : (
                  <Button size="sm" variant="danger-ghost" onClick={() => setAsked(key)}>
                    Revoke<span className="sr-only"> {key.name}</span>
                  </Button>
                )}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      {asked && (
        <ConfirmDialog
          open
          onOpenChange={(open) => {
            if (!open) setAsked(null)
            revoke.reset()
          }}
          title={`Revoke ${asked.name}?`}
          action="Revoke the key"
          pending={revoke.isPending}
          error={revoke.error}
          onConfirm={() => revoke.mutate(asked.id, { onSuccess: () => setAsked(null) })}
        >
          Whatever sends with it is refused from now on. This cannot be taken back.
        </ConfirmDialog>
      )}
    </>
  )
}
