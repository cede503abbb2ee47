import { readGroupByShorthand, readGroups, readRules } from './parse-rule'
import type { ReadContext } from './parse-source'
import type { Properties } from './reader'
import type { Rule, SourceSet } from './tree'

export const RULE_FORMS = ['Rules', 'Groups', 'GroupBy'] as const

/** The rules in the one form that is there: `Rules`, or the shorthand `Groups` or `GroupBy`; null where none is. */
export function readRuleForm({
  context,
  properties,
  inherited,
}: {
  context: ReadContext
  properties: Properties
  inherited: SourceSet | null
}): Rule[] | null {
  const [form, other] = RULE_FORMS.flatMap((name) => {
    const cursor = properties.get(name)
    return cursor === undefined ? [] : [{ name, cursor }]
  })
  if (form === undefined) return null
  if (other !== undefined) {
    const message = `\`${other.name}\` stands in place of \`${form.name}\`: write one of them`
    context.reader.fail({ at: other.cursor.key, message })
  }
  const scope = { cursor: form.cursor, context, inherited }
  if (form.name === 'Groups') return readGroups(scope)
  return form.name === 'GroupBy' ? readGroupByShorthand(scope) : readRules(scope)
}
