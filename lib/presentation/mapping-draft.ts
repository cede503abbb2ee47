import type { ImportPreview, SuggestedMapping } from '@/lib/contract/import-preview'
import { type LineGranularity, type Mapping, mapping, type TimeFormat } from '@/lib/contract/import-profiles'

/** A mapping while someone makes it: the cost and the period may be missing still. */
export type MappingDraft = SuggestedMapping

/** What a column of the file can be, one column each. */
export const MAPPING_FIELDS = [
  { key: 'cost', label: 'Cost', hint: 'What was billed' },
  { key: 'list_cost', label: 'List cost', hint: 'Before discounts' },
  { key: 'period_start', label: 'Period', hint: 'When the cost arose' },
  { key: 'period_end', label: 'Period end', hint: 'Exclusive' },
  { key: 'service', label: 'Service', hint: 'RDS, Snowflake, Licences…' },
  { key: 'account', label: 'Account', hint: 'Or project, subscription' },
  { key: 'region', label: 'Region', hint: '' },
  { key: 'resource', label: 'Resource', hint: 'The id of what cost it' },
  { key: 'description', label: 'Description', hint: '' },
] as const

export type MappingKey = (typeof MAPPING_FIELDS)[number]['key']

export const TIME_FORMAT_OPTIONS: { value: TimeFormat; label: string }[] = [
  { value: 'iso', label: '2024-09-30 or 2024-09-30T14:00:00Z' },
  { value: 'YYYY-MM-DD', label: '2024-09-30' },
  { value: 'MM/DD/YYYY', label: '09/30/2024 (month first)' },
  { value: 'DD/MM/YYYY', label: '30/09/2024 (day first)' },
  { value: 'DD.MM.YYYY', label: '30.09.2024' },
  { value: 'YYYYMMDD', label: '20240930' },
  { value: 'YYYYMM', label: '202409' },
  { value: 'epoch_seconds', label: '1727654400 (seconds since 1970)' },
]

export const GRANULARITY_OPTIONS: { value: LineGranularity; label: string }[] = [
  { value: 'hour', label: 'One hour' },
  { value: 'day', label: 'One day' },
  { value: 'month', label: 'One month' },
]

export const DECIMAL_MARK_OPTIONS: { value: Mapping['decimal_mark']; label: string }[] = [
  { value: '.', label: '1,234.50' },
  { value: ',', label: '1.234,50' },
]

/** null where the cost or the period is missing, or a text is none that the server takes. */
export function wholeMapping(draft: MappingDraft): Mapping | null {
  return mapping.safeParse(draft).data ?? null
}

/** What is missing, in words: `the cost and the period`. */
export function missingWords(draft: MappingDraft): string | null {
  const missing = [...(draft.cost ? [] : ['the cost']), ...(draft.period_start ? [] : ['the period'])]
  return missing.length > 0 ? missing.join(' and ') : null
}

/** '' takes the column off. */
export function withField(draft: MappingDraft, key: MappingKey, column: string): MappingDraft {
  const { [key]: _, ...rest } = draft
  return column === '' ? rest : { ...rest, [key]: column }
}

/** The columns that become tags, whichever way. */
export function tagColumns({ tags }: Pick<MappingDraft, 'tags'>): string[] {
  if (!tags) return []
  return 'json' in tags ? [tags.json] : tags.columns.map(({ column }) => column)
}

const isJsonColumn = (column: ImportPreview['columns'][number] | undefined) =>
  column !== undefined && column.examples.length > 0 && column.examples.every((text) => text.trim().startsWith('{'))

/** Each column becomes a tag of its name; a single one that holds JSON objects gives their members. */
export function withTags(
  draft: MappingDraft,
  chosen: readonly string[],
  columns: ImportPreview['columns'],
): MappingDraft {
  const { tags: _, ...rest } = draft
  const [first, ...others] = chosen
  if (first === undefined) return rest
  if (others.length === 0 && isJsonColumn(columns.find(({ name }) => name === first)))
    return { ...rest, tags: { json: first } }
  return { ...rest, tags: { columns: chosen.map((column) => ({ column, key: column.slice(0, 200) })) } }
}

const FIELD_KEYS = [
  ...MAPPING_FIELDS.map(({ key }) => key),
  'effective_cost',
  'contracted_cost',
  'charge_category',
] as const

/** A saved mapping for a file that lacks some of its columns: what is left of it, and for the rest what is suggested. */
export function fitMapping({
  saved,
  suggested,
  columns,
}: {
  saved: MappingDraft
  suggested: MappingDraft
  columns: ImportPreview['columns']
}): MappingDraft {
  const names = new Set(columns.map(({ name }) => name.trim().toLowerCase()))
  const has = (column: string | undefined): column is string =>
    column !== undefined && names.has(column.trim().toLowerCase())
  const fields = FIELD_KEYS.map((key) => [key, has(saved[key]) ? saved[key] : suggested[key]])
  const { tags, currency } = saved
  const keptTags = tags && 'columns' in tags ? tags.columns.filter(({ column }) => has(column)) : []
  const isWhole = tags && 'json' in tags && has(tags.json)
  return {
    ...(has(saved.period_start) ? saved : suggested),
    tags: isWhole ? tags : keptTags.length > 0 ? { columns: keptTags } : suggested.tags,
    currency: 'code' in currency || has(currency.column) ? currency : suggested.currency,
    columns: Object.fromEntries(Object.entries(saved.columns).filter(([, column]) => has(column))),
    ...Object.fromEntries(fields),
  }
}

/** What each column of the file is used for: `Cost`, `Tag`. */
export function rolesOf(draft: MappingDraft): ReadonlyMap<string, string[]> {
  const roles = new Map<string, string[]>()
  const add = (column: string | undefined, role: string) => {
    if (column) roles.set(column, [...(roles.get(column) ?? []), role])
  }
  for (const { key, label } of MAPPING_FIELDS) add(draft[key], label)
  if (draft.currency && 'column' in draft.currency) add(draft.currency.column, 'Currency')
  for (const column of tagColumns(draft)) add(column, draft.tags && 'json' in draft.tags ? 'Tags' : 'Tag')
  return roles
}

/** A mapping in one line: `Cost from Amount · Period from Day · 2 tags`. */
export function profileWords(saved: Mapping): string {
  const fields = MAPPING_FIELDS.flatMap(({ key, label }) => (saved[key] ? [`${label} from ${saved[key]}`] : []))
  const tags = tagColumns(saved)
  return [...fields, ...(tags.length > 0 ? [`tags from ${tags.join(', ')}`] : [])].join(' · ')
}
