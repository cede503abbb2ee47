'use client'
import { Plus } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Select } from '@/components/ui/select'
import type { FormCondition } from '@/lib/presentation/costformation/definition-form'
import { NEW_CONDITION, setFlag } from '@/lib/presentation/costformation/form-edits'
import { insertItem } from '@/lib/presentation/costformation/insert-edit'
import { renameKey } from '@/lib/presentation/costformation/text-edit'
import type { Path } from '@/lib/presentation/costformation/yaml-places'
import { useForm } from './form-context'
import { ItemActions } from './item-actions'
import { SourceField } from './source-field'
import { ValueField } from './value-field'
import { YamlSnippet } from './yaml-snippet'

const COMPARISONS = [
  { value: 'Equals', label: 'is' },
  { value: 'Contains', label: 'contains' },
  { value: 'BeginsWith', label: 'begins with' },
  { value: 'EndsWith', label: 'ends with' },
  { value: 'Matches', label: 'matches', hint: 'A regular expression' },
]
const JUNCTIONS = [
  { value: 'And', label: 'all of these' },
  { value: 'Or', label: 'any of these' },
  { value: 'Not', label: 'none of these' },
]
const PRESENCE = [
  { value: 'true', label: 'has a value' },
  { value: 'false', label: 'has no value' },
]

/** Conditions of a rule, or those inside of another. */
export function ConditionList({
  path,
  conditions,
  inherited,
}: {
  path: Path
  conditions: readonly FormCondition[]
  inherited: readonly string[]
}) {
  const { run } = useForm()
  return (
    <div className="grid grid-cols-1 gap-2">
      {conditions.map((condition, index) => (
        <ConditionItem
          // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place in the document
          key={index}
          condition={condition}
          inherited={inherited}
          what={`condition ${index + 1}`}
          first={index === 0}
          last={index === conditions.length - 1}
        />
      ))}
      <Button
        size="sm"
        className="justify-self-start"
        onClick={() => run((source) => insertItem(source, path, NEW_CONDITION))}
      >
        <Plus aria-hidden />
        Add a condition
      </Button>
    </div>
  )
}

function ConditionItem({
  condition,
  inherited,
  what,
  first,
  last,
}: {
  condition: FormCondition
  inherited: readonly string[]
  what: string
  first: boolean
  last: boolean
}) {
  const { run } = useForm()
  const { kind, operator, path, sources } = condition
  const effective = sources.values.length > 0 ? sources.values : inherited
  const rename = (next: string) => run((source) => renameKey(source, [...path, operator], next))
  return (
    <div className="flex flex-col gap-2 rounded-lg border p-2 sm:flex-row sm:items-start">
      <div className="order-last grid min-w-0 flex-1 grid-cols-1 gap-2 sm:order-first">
        {kind === 'other' && <YamlSnippet snippet={{ ...condition.snippet, name: what }} />}
        {kind === 'junction' && (
          <>
            <Select
              label="Holds where"
              value={operator}
              options={JUNCTIONS}
              onChange={rename}
              className="justify-self-start"
            />
            <div className="border-l-2 pl-3">
              <ConditionList path={[...path, operator]} conditions={condition.conditions} inherited={effective} />
            </div>
          </>
        )}
        {(kind === 'comparison' || kind === 'presence') && (
          <div className="flex min-w-0 flex-col gap-2 sm:flex-row sm:items-start">
            <SourceField path={path} list={sources} inherited={inherited} />
            {kind === 'comparison' ? (
              <>
                <Select label="Compares as" value={operator} options={COMPARISONS} onChange={rename} />
                <ValueField condition={condition} sources={effective} />
              </>
            ) : (
              <Select
                label="Presence"
                value={String(condition.expected)}
                options={PRESENCE}
                onChange={(next) => run(setFlag({ path, key: 'HasValue', value: next === 'true' }))}
              />
            )}
          </div>
        )}
      </div>
      <ItemActions path={path} what={what} first={first} last={last} />
    </div>
  )
}
