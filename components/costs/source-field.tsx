'use client'
import { useId } from 'react'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { useCostImports } from '@/lib/client/cost-imports'
import { useImportProfiles } from '@/lib/client/import-profiles'

/** Whose bill it is; names that were used before are suggested. */
export function SourceField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const list = useId()
  const { data } = useCostImports()
  const { data: saved } = useImportProfiles()
  const known = [...(data?.imports ?? []), ...(saved?.profiles ?? [])].map(({ source }) => source)
  return (
    <Field label="Source name" hint="Whose bill this is. A source has one bill for each month.">
      {(props) => (
        <>
          <Input
            {...props}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            list={list}
            maxLength={100}
            required
          />
          <datalist id={list}>
            {[...new Set(known)].sort().map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  )
}
