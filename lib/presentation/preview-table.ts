import type { ImportPreview } from '@/lib/contract/import-preview'
import type { Mapping } from '@/lib/contract/import-profiles'

type Fault = ImportPreview['faults'][number]

export interface PreviewCell {
  text: string
  /** Why the cell is bad. */
  reason: string | null
}

export interface PreviewTableRow {
  line: number
  cells: PreviewCell[]
  /** What is wrong with the row, each as one sentence; such a row is refused. */
  problems: string[]
}

export interface PreviewTable {
  heads: { label: string; isNumeric: boolean }[]
  rows: PreviewTableRow[]
}

interface Column {
  label: string
  /** Of FOCUS; the first that has a value is shown. */
  from: string[]
  isNumeric?: boolean
  /** The column of the file that it is made of, where a mapping says so. */
  header: (mapping: Mapping) => string | undefined
}

const COLUMNS: Column[] = [
  { label: 'Period', from: ['ChargePeriodStart'], header: (m) => m.period_start },
  { label: 'Until', from: ['ChargePeriodEnd'], header: (m) => m.period_end },
  { label: 'Service', from: ['ServiceName'], header: (m) => m.service },
  { label: 'Account', from: ['SubAccountId', 'BillingAccountId'], header: (m) => m.account },
  { label: 'Region', from: ['RegionId', 'RegionName'], header: (m) => m.region },
  { label: 'Resource', from: ['ResourceId'], header: (m) => m.resource },
  { label: 'Description', from: ['ChargeDescription'], header: (m) => m.description },
  { label: 'Cost', from: ['BilledCost'], isNumeric: true, header: (m) => m.cost },
  { label: 'List cost', from: ['ListCost'], isNumeric: true, header: (m) => m.list_cost },
  {
    label: 'Currency',
    from: ['BillingCurrency'],
    header: ({ currency }) => ('column' in currency ? currency.column : undefined),
  },
  { label: 'Tags', from: ['Tags'], header: ({ tags }) => (tags && 'json' in tags ? tags.json : undefined) },
]

const ALWAYS = new Set(['Period', 'Cost', 'Currency'])

/** What a mapping says, and what follows from it; of a known format, what any row has. */
function isShown({ column, mapping, rows }: { column: Column; mapping: Mapping | null; rows: ImportPreview['rows'] }) {
  const { label, from, header } = column
  if (ALWAYS.has(label)) return true
  if (!mapping) return rows.some(({ values }) => from.some((name) => values[name]))
  return label === 'Until' || header(mapping) !== undefined || (label === 'Tags' && mapping.tags !== undefined)
}

/** `2024-09-05T00:00:00Z` → `2024-09-05`: midnights are days. */
const shownTime = (text: string) => text.replace(/T00:00:00Z$/, '').replace(/^(\S+)T(\d\d:\d\d):00Z$/, '$1 $2')

/** `{"team":"Data"}` → `team: Data`. */
function shownTags(text: string): string {
  try {
    return Object.entries(JSON.parse(text) as Record<string, unknown>)
      .map(([key, value]) => `${key}: ${String(value)}`)
      .join(' · ')
  } catch {
    return text
  }
}

function shown(column: Column, values: Record<string, string>): string {
  const text = column.from.map((name) => values[name]).find((value) => value !== undefined) ?? ''
  if (column.label === 'Tags') return shownTags(text)
  return column.from[0]?.endsWith('PeriodStart') || column.from[0]?.endsWith('PeriodEnd') ? shownTime(text) : text
}

/** The file's column, or the FOCUS column itself. */
function isOf({ column, fault, mapping }: { column: Column; fault: Fault; mapping: Mapping | null }): boolean {
  const name = fault.column.toLowerCase()
  const header = mapping ? column.header(mapping)?.toLowerCase() : undefined
  return name !== '' && (name === header || (!mapping && column.from.some((focus) => focus.toLowerCase() === name)))
}

function problemWords({ column, value, reason }: Fault): string {
  const what = value === '' ? '' : ` “${value.slice(0, 60)}”`
  return column === '' ? reason : `${column}${what} ${reason}`
}

/** The preview's rows as a table, bad cells as they stand in the file. */
export function previewTable(preview: Pick<ImportPreview, 'rows' | 'faults' | 'mapping'>): PreviewTable {
  const { rows, faults, mapping } = preview
  const columns = COLUMNS.filter((column) => isShown({ column, mapping, rows }))
  return {
    heads: columns.map(({ label, isNumeric = false }) => ({ label, isNumeric })),
    rows: rows.map(({ line, values }) => {
      const own = faults.filter((fault) => fault.line === line)
      const cells = columns.map((column) => {
        const fault = own.find((one) => isOf({ column, fault: one, mapping }))
        return fault
          ? { text: fault.value === '' ? '(empty)' : fault.value, reason: fault.reason }
          : { text: shown(column, values), reason: null }
      })
      return { line, cells, problems: own.map(problemWords) }
    }),
  }
}
