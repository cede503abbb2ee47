import type { Problem } from '@/lib/contract/common'
import { MAPPING_FIELDS } from './mapping-draft'

type Offence = Problem['invalid_params'][number]

/** Parameters that a screen calls otherwise than the server does. */
const LABELS: Readonly<Record<string, string>> = {
  email: 'The email address',
  file_name: 'The file’s name',
  filter_keys: 'A filter key',
  from: 'The start of the range',
  group_by: 'Group by',
  max_rejected: 'The share of bad rows',
  source: 'The source’s name',
  to: 'The end of the range',
  yaml: 'The definition',
  ...Object.fromEntries(MAPPING_FIELDS.map(({ key, label }) => [`mapping.${key}`, `The column for ${label}`])),
  'mapping.currency': 'The currency',
  'mapping.tags': 'A tag of the mapping',
  'mapping.columns': 'A FOCUS column of the mapping',
}
const PREDICATE = /^(?:is|has|holds|must|needs|cannot|may|lies)\b/

/** A name that is no word of ours, such as a path in a document, stays as it is: null. */
function labelOf(name: string): string | null {
  const [start = '', further = ''] = name.split(/[.[]/)
  const known = LABELS[start] ?? LABELS[`${start}.${further}`]
  if (known) return known
  if (start === 'mapping') return 'The mapping'
  return /^[a-z]+(?:_[a-z]+)*$/.test(name) ? sentence(name.replaceAll('_', ' ')) : null
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

function offence({ name, reason, line, column }: Offence): string {
  // With a line, the name is one of the sender's own document.
  const label = line === undefined && name ? labelOf(name) : null
  if (label) return PREDICATE.test(reason) ? `${label} ${reason}` : `${label}: ${reason}`
  const place = [line && `line ${line}`, column && `column ${column}`, name].filter(Boolean).join(', ')
  return place ? `${place}: ${reason}` : reason
}

/** The offences of a refused request, each as one line: `line 3, value: must be 0 or more`, `Name is empty`. */
export function offences(problem: Pick<Problem, 'invalid_params'>): string[] {
  return problem.invalid_params.map(offence)
}

/** `body: name: is empty`, `to (…) must be after from`: what was wrong, in the screen's words for it. */
function detailWords({ detail, invalid_params: [first, ...others] }: Problem): string {
  if (!first || first.line !== undefined) return detail
  const bare = detail.replace(/^(?:path|query|body): /, '')
  const isOffence =
    others.length === 0 && [`${first.name}: ${first.reason}`, `${first.name} ${first.reason}`].includes(bare)
  if (isOffence) return offence(first)
  const label = bare.startsWith(`${first.name}: `) ? labelOf(first.name) : null
  return label ? `${label}: ${bare.slice(first.name.length + 2)}` : sentence(bare)
}

/** A heading and its list, without saying in one what stands in the other. */
export function problemWords(problem: Problem): { heading: string; lines: string[] } {
  const lines = offences(problem)
  const [first] = problem.invalid_params
  const repeats = first !== undefined && problem.detail.includes(first.reason)
  if (!repeats) return { heading: detailWords(problem), lines }
  return lines.length === 1 ? { heading: detailWords(problem), lines: [] } : { heading: problem.title, lines }
}
