import type { ImportPreview } from '@/lib/contract/import-preview'
import { type MappingDraft, tagColumns, withTags } from '@/lib/presentation/mapping-draft'

/** Any number of columns that become tags; a column of JSON objects gives its members. */
export function TagColumns({
  columns,
  draft,
  onChange,
}: {
  columns: ImportPreview['columns']
  draft: MappingDraft
  onChange: (draft: MappingDraft) => void
}) {
  const chosen = tagColumns(draft)
  const names = [...new Set(columns.map(({ name }) => name))].filter(Boolean)
  const toggle = (name: string, isChosen: boolean) =>
    onChange(withTags(draft, isChosen ? [...chosen, name] : chosen.filter((one) => one !== name), columns))
  return (
    <fieldset className="min-w-0">
      <legend className="text-[13px] font-medium">Tags</legend>
      <p className="mt-0.5 mb-2 text-xs text-subtle">
        Each chosen column becomes a tag of its name; one alone that holds JSON objects gives their members.
      </p>
      <div className="flex max-h-40 flex-wrap gap-1.5 overflow-y-auto p-0.5">
        {names.map((name) => (
          <label
            key={name}
            className="flex max-w-full cursor-pointer items-center gap-1.5 rounded-md border px-2 py-1 text-xs has-checked:border-accent has-checked:bg-accent-soft has-checked:text-accent-strong has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="checkbox"
              className="size-3.5 shrink-0 accent-accent-solid"
              checked={chosen.includes(name)}
              onChange={(event) => toggle(name, event.target.checked)}
            />
            <span className="truncate">{name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
