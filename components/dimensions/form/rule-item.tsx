'use client'
import { Badge } from '@/components/ui/badge'
import { Field } from '@/components/ui/field'
import type { FormRule } from '@/lib/presentation/costformation/definition-form'
import { setText } from '@/lib/presentation/costformation/form-edits'
import { ConditionList } from './condition-item'
import { useForm } from './form-context'
import { ItemActions } from './item-actions'
import { SourceField } from './source-field'
import { TextInput } from './text-input'
import { YamlSnippet } from './yaml-snippet'

/** One rule: an element and when it holds, or an element for each value. */
export function RuleItem({
  rule,
  index,
  last,
  inherited,
}: {
  rule: FormRule
  index: number
  last: boolean
  inherited: readonly string[]
}) {
  const { run } = useForm()
  const { path, type } = rule
  const what = `rule ${index + 1}`
  const sources = rule.sources.values.length > 0 ? rule.sources.values : inherited
  return (
    <li className="grid min-w-0 grid-cols-1 gap-3 rounded-lg border bg-muted/30 p-3">
      <div className="flex flex-wrap items-center gap-2">
        <span className="tnum text-xs font-medium text-soft">Rule {index + 1}</span>
        {type !== 'other' && <Badge>{type === 'Group' ? 'One element' : 'An element for each value'}</Badge>}
        <span className="ml-auto">
          <ItemActions path={path} what={what} first={index === 0} last={last} />
        </span>
      </div>
      {type === 'other' && <YamlSnippet snippet={{ ...rule.snippet, name: what }} />}
      {type === 'Group' && (
        <Field label="Element">
          {(props) => (
            <TextInput
              {...props}
              value={rule.name}
              onCommit={(value) => run(setText({ path, key: 'Name', value, after: 'Type' }))}
            />
          )}
        </Field>
      )}
      {type === 'GroupBy' && (
        <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
          <div className="grid content-start gap-1.5">
            <span className="text-[13px] font-medium">For each value of</span>
            <SourceField path={path} list={rule.sources} inherited={inherited} />
          </div>
          <Field
            className="content-start"
            label="Format"
            hint="{0} is the first source. Empty: the values, with a space between"
          >
            {(props) => (
              <TextInput
                {...props}
                value={rule.format}
                onCommit={(value) => run(setText({ path, key: 'Format', value }))}
              />
            )}
          </Field>
        </div>
      )}
      {type !== 'other' && (
        <fieldset className="grid min-w-0 grid-cols-1 gap-1.5">
          <legend className="mb-1.5 text-[13px] font-medium">
            {type === 'Group' ? 'Where any of these holds' : 'Only where any of these holds'}
          </legend>
          <ConditionList path={[...path, 'Conditions']} conditions={rule.conditions} inherited={sources} />
        </fieldset>
      )}
      {rule.others.map((snippet) => (
        <YamlSnippet key={`${snippet.name}:${snippet.line}`} snippet={snippet} />
      ))}
    </li>
  )
}
