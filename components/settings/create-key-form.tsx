'use client'
import { type FormEvent, useState } from 'react'
import { ErrorNote } from '@/components/feedback/error-note'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import type { useCreateApiKey } from '@/lib/client/api-keys'
import { SCOPES, type Scope } from '@/lib/contract/workspace'

const SCOPE_WORDS: Record<Scope, string> = {
  ingest: 'Send telemetry and bills',
  read: 'Read costs, splits and streams',
  admin: 'Change definitions, keys and everything else',
}

export function CreateKeyForm({
  create,
  onCancel,
}: {
  create: ReturnType<typeof useCreateApiKey>
  onCancel: () => void
}) {
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<Scope[]>(['ingest'])
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (!create.isPending) create.mutate({ name: name.trim(), scopes })
  }
  return (
    <form onSubmit={onSubmit} className="grid gap-4">
      <Field label="Name" hint="Who or what will use it, for example Airflow.">
        {(props) => (
          <Input
            {...props}
            value={name}
            onChange={(event) => setName(event.target.value)}
            required
            maxLength={100}
            autoComplete="off"
            autoFocus
          />
        )}
      </Field>
      <fieldset className="grid gap-2">
        <legend className="mb-1.5 text-[13px] font-medium">Scopes</legend>
        {SCOPES.map((scope) => (
          <label key={scope} className="flex items-start gap-2.5 text-[13px]">
            <input
              type="checkbox"
              className="mt-0.5 size-4 accent-accent-solid"
              checked={scopes.includes(scope)}
              onChange={(event) =>
                setScopes(event.target.checked ? [...scopes, scope] : scopes.filter((one) => one !== scope))
              }
            />
            <span>
              <span className="font-medium">{scope}</span>
              <span className="block text-xs text-soft">{SCOPE_WORDS[scope]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {create.error && <ErrorNote error={create.error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button
          type="submit"
          variant="primary"
          disabled={name.trim() === '' || scopes.length === 0}
          pending={create.isPending}
        >
          Create the key
        </Button>
      </div>
    </form>
  )
}
