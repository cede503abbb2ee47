import type { PlanStream } from '../allocation/split-plan'
import type { ExplainFix, UnallocatedReason } from '../contract/allocations'
import type { AllocationDimension, Dimension } from '../costformation/tree'
import { writeRow } from '../csv-row'

/** Records that would fill a gap: the bucket and the values that a filter has to name. */
export interface MissingBucket {
  /** Start of the bucket, ISO. */
  timestamp: string
  /** Parallel to the stream's filter keys. */
  values: readonly string[]
}

export interface FixInput {
  dimension: Dimension
  reason: UnallocatedReason
  /** The stream that records would go to. */
  stream: PlanStream | null
  missing: readonly MissingBucket[]
  /** Elements that the stream knows. */
  elements: readonly string[]
  /** Splits whose elements the dimension's rules read, with where they tell what they left unallocated. */
  splits?: readonly { name: string; link: string }[]
}

const VALUE = '<value>'

function recordsOf({ missing, elements }: FixInput, { granularity, filterKeys }: PlanStream) {
  const names = elements.length > 0 ? elements : ['<element>']
  return missing.flatMap(({ timestamp, values }) =>
    names.map((element_name) => ({
      ...{ timestamp, granularity, element_name, value: VALUE },
      filter: Object.fromEntries(filterKeys.map((key, index) => [key, [values[index] ?? '']])),
    })),
  )
}

function csv(input: FixInput, stream: PlanStream): string {
  const rows = recordsOf(input, stream).map(({ timestamp, granularity, element_name, value, filter }) => [
    ...[timestamp, granularity, element_name, value],
    ...stream.filterKeys.map((key) => filter[key]?.[0] ?? ''),
  ])
  return [['timestamp', 'granularity', 'element_name', 'value', ...stream.filterKeys], ...rows].map(writeRow).join('')
}

/** A line for a POSIX shell: single quotes around, each one inside spelled `'\''`. */
function curl(input: FixInput, stream: PlanStream, operation: 'sum' | 'replace'): string {
  const records = recordsOf(input, stream).map((record) => `  ${JSON.stringify(record)}`)
  const body = `{"records":[\n${records.join(',\n')}\n]}`.replaceAll("'", "'\\''")
  return [
    `curl -X POST "$APPORTION_URL/unit-cost/v1/telemetry/allocation/${encodeURIComponent(stream.name)}/${operation}" \\`,
    `  -H "Authorization: $APPORTION_API_KEY" -H "Content-Type: application/json" \\`,
    `  -d '${body}'`,
  ].join('\n')
}

function sendFix(input: FixInput, kind: 'send_telemetry' | 'replace_telemetry'): ExplainFix[] {
  const { stream } = input
  if (stream === null || input.missing.length === 0) return []
  const isNew = kind === 'send_telemetry'
  return [
    {
      kind,
      text: isNew
        ? `Send records for this period to the stream ${stream.name}: the cost is split again within seconds.`
        : `Replace the zero values in the stream ${stream.name} by what was measured.`,
      link: `/streams/${encodeURIComponent(stream.name)}?tab=send`,
      snippets: [
        { title: 'CSV', text: csv(input, stream) },
        { title: 'curl', text: curl(input, stream, isNew ? 'sum' : 'replace') },
      ],
    },
  ]
}

const definitionLink = ({ id }: Dimension) => `/dimensions?open=${encodeURIComponent(id)}`

function edit(input: FixInput, text: string, snippet?: string): ExplainFix {
  const snippets = snippet === undefined ? [] : [{ title: 'YAML', text: snippet }]
  return { kind: 'edit_definition', text, link: definitionLink(input.dimension), snippets }
}

function gapFix(input: FixInput): ExplainFix[] {
  const { dimension } = input
  if (dimension.type !== 'Allocation' || dimension.gaps.some(({ type }) => type !== 'Unallocated')) return []
  const isRules = dimension.allocation.type === 'AllocateByRules'
  return [
    {
      kind: 'gap_policy',
      text: isRules
        ? 'Add a gap policy, which says what happens where there is nothing to go by: split it evenly.'
        : 'Add a gap policy, which says what happens where there are no records: the last known ratios are carried on.',
      link: definitionLink(dimension),
      snippets: [{ title: 'YAML', text: `Gaps: ${isRules ? 'Even' : `{Carry: ${carryOf(input)}}`}` }],
    },
  ]
}

/** A day's buckets, or a bucket. */
const carryOf = ({ stream }: FixInput) => (stream?.granularity === 'HOURLY' ? 24 : 1)

function namesOf(dimension: Dimension, test: (rule: AllocationDimension['elements'][number]) => boolean): string {
  const rules = dimension.type === 'Allocation' ? dimension.elements.filter(test) : []
  return rules
    .slice(0, 5)
    .map(({ element }) => element.value)
    .join(', ')
}

/** What would give the cost an element, the nearest way first. */
export function fixesOf(input: FixInput): ExplainFix[] {
  const { dimension, reason } = input
  switch (reason) {
    case 'no_telemetry':
      return [...sendFix(input, 'send_telemetry'), ...gapFix(input)]
    case 'zero_weights':
      return [...sendFix(input, 'replace_telemetry'), ...gapFix(input)]
    case 'no_drivers':
      return [
        ...gapFix(input),
        edit(input, 'Check AcrossElements: its elements have no cost above zero in this period.'),
      ]
    case 'not_in_dimension':
      return [
        ...(input.splits ?? []).map(({ name, link }): ExplainFix => {
          const text = `What ${name} leaves unallocated has no element here either: see why.`
          return { kind: 'explain_split', text, link, snippets: [] }
        }),
        edit(
          input,
          'Add a rule that matches these lines, or a DefaultValue for all that no rule matches.',
          'DefaultValue: Other',
        ),
      ]
    case 'not_claimed':
      return [edit(input, 'Raise the percentages to 100, if all of the pool is meant to be split.')]
    case 'excluded':
      return [edit(input, `Let one of the excluded elements take part: ${namesOf(dimension, (rule) => rule.exclude)}.`)]
    case 'set_apart':
      return [edit(input, 'Change SetApart, if these lines are to be split after all.')]
    case 'capped':
      return [
        edit(
          input,
          `Raise a cap, or let another element take part: ${namesOf(dimension, (rule) => rule.cap !== null)}.`,
        ),
      ]
  }
}
