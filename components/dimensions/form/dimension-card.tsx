'use client'
import { ChevronRight, Plus } from 'lucide-react'
import { useId } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { Field } from '@/components/ui/field'
import type { FormDimension } from '@/lib/presentation/costformation/definition-form'
import { NEW_RULES, renameDimension, setFlag, setText } from '@/lib/presentation/costformation/form-edits'
import { insertItem } from '@/lib/presentation/costformation/insert-edit'
import { useForm } from './form-context'
import { ItemActions } from './item-actions'
import { ListField } from './list-field'
import { RuleItem } from './rule-item'
import { SourceField } from './source-field'
import { TextInput } from './text-input'
import { YamlSnippet } from './yaml-snippet'

export function DimensionCard({
  dimension,
  first,
  last,
  open,
  onToggle,
  onRenamed,
}: {
  dimension: FormDimension
  first: boolean
  last: boolean
  open: boolean
  onToggle: () => void
  onRenamed: (id: string) => void
}) {
  const id = useId()
  const name = dimension.name || dimension.id
  return (
    <li className="grid grid-cols-1">
      <div className="flex items-center gap-2 px-4 py-2 sm:px-5">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={id}
          onClick={onToggle}
          className="flex min-w-0 flex-1 items-center gap-2 rounded-sm py-1 text-left"
        >
          <ChevronRight
            className={cn('size-4 shrink-0 text-subtle transition-transform', open && 'rotate-90')}
            aria-hidden
          />
          <span className="min-w-0 text-[13px] font-medium break-words">{name}</span>
          <Badge tone={dimension.type === 'Allocation' ? 'info' : 'neutral'}>{dimension.type}</Badge>
        </button>
        <ItemActions path={dimension.path} what={name} first={first} last={last} />
      </div>
      <div id={id} hidden={!open} className="px-4 pb-4 sm:px-5">
        {open && <DimensionFields dimension={dimension} onRenamed={onRenamed} />}
      </div>
    </li>
  )
}

function DimensionFields({ dimension, onRenamed }: { dimension: FormDimension; onRenamed: (id: string) => void }) {
  const { run, vocabulary } = useForm()
  const { path, rules, streams } = dimension
  const isAllocation = dimension.type === 'Allocation'
  const rulesPath = [...path, 'Rules']
  const flags = [
    { key: 'Hide', label: 'Hidden from lists', value: dimension.hidden },
    { key: 'Disable', label: 'Disabled', value: dimension.disabled },
  ]
  return (
    <div className="grid grid-cols-1 gap-4">
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
        <Field className="content-start" label="Name">
          {(props) => (
            <TextInput
              {...props}
              value={dimension.name}
              placeholder={dimension.id}
              onCommit={(value) => run(setText({ path, key: 'Name', value }))}
            />
          )}
        </Field>
        <Field className="content-start" label="Id" hint="What rules call it: changing it here changes it there">
          {(props) => (
            <TextInput
              {...props}
              value={dimension.id}
              onCommit={(value) => run(renameDimension(dimension.id, value.trim())) && onRenamed(value.trim())}
            />
          )}
        </Field>
        <Field
          className="content-start"
          label="Default element"
          hint={isAllocation ? 'Of costs that are not in its pool' : 'Of lines that no rule matches'}
        >
          {(props) => (
            <TextInput
              {...props}
              value={dimension.defaultValue}
              onCommit={(value) => run(setText({ path, key: 'DefaultValue', value, after: 'Name' }))}
            />
          )}
        </Field>
        <div className="flex flex-wrap content-start gap-x-5 gap-y-2 sm:pt-6">
          {flags.map(({ key, label, value }) => (
            <label key={key} className="flex items-center gap-2 text-[13px]">
              <input
                type="checkbox"
                checked={value}
                onChange={(event) => run(setFlag({ path, key, value: event.target.checked }))}
                className="size-4 accent-(--accent-solid)"
              />
              {label}
            </label>
          ))}
        </div>
      </div>
      {isAllocation && streams !== null && (
        <fieldset className="grid min-w-0 grid-cols-1 gap-1.5">
          <legend className="mb-1.5 text-[13px] font-medium">
            Split by these streams, the first that has telemetry
          </legend>
          <ListField
            place={{ path: [...path, 'AllocateByStreams'], list: streams, one: 'Streams', many: 'Streams' }}
            label="Stream"
            options={vocabulary.streams.map((name) => ({ value: name, detail: 'stream' }))}
            placeholder="Name of a stream"
          />
        </fieldset>
      )}
      {!isAllocation && (
        <>
          {dimension.sources.key !== null && (
            <div className="grid gap-1.5">
              <span className="text-[13px] font-medium">Source of all rules that name none</span>
              <SourceField path={path} list={dimension.sources} />
            </div>
          )}
          <ol className="grid grid-cols-1 gap-3">
            {rules.map((rule, index) => (
              <RuleItem
                // biome-ignore lint/suspicious/noArrayIndexKey: a rule is its place in the document
                key={index}
                rule={rule}
                index={index}
                last={index === rules.length - 1}
                inherited={dimension.sources.values}
              />
            ))}
          </ol>
          <div className="flex flex-wrap gap-2">
            <Button size="sm" onClick={() => run((source) => insertItem(source, rulesPath, NEW_RULES.Group))}>
              <Plus aria-hidden />
              Add an element
            </Button>
            <Button size="sm" onClick={() => run((source) => insertItem(source, rulesPath, NEW_RULES.GroupBy))}>
              <Plus aria-hidden />
              Add an element for each value
            </Button>
          </div>
        </>
      )}
      {dimension.others.map((snippet) => (
        <YamlSnippet key={`${snippet.name}:${snippet.line}`} snippet={snippet} />
      ))}
    </div>
  )
}
