import type { ImportPreview, PreviewRequest, SuggestedMapping } from '../../contract/import-preview'
import { type Mapping, mapping } from '../../contract/import-profiles'
import { AppError } from '../../errors'
import { detectFormat, type FormatName, type LinePlan, planLines, suggestMapping } from '../formats/plan'
import { cellColumns } from '../import/load-csv'
import { profileOf } from '../profiles/read'
import { type PreviewLine, previewLines } from './preview-lines'
import { readSample, type SampleRecords } from './read-sample'

const SHOWN_ROWS = 20
const SHOWN_FAULTS = 200
const SHOWN_EXAMPLES = 3
const SHOWN_TEXT = 200

const EMPTY: ImportPreview = {
  format: null,
  version: null,
  delimiter: ',',
  columns: [],
  mapping: null,
  suggested_mapping: null,
  profile: null,
  rows: [],
  rows_checked: 0,
  rows_rejected: 0,
  faults: [],
  warnings: [],
  error: null,
}

/** An error of the bill's becomes a text of the answer. */
async function orError<T>(work: () => T | Promise<T>): Promise<T | { error: string }> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AppError) return { error: error.message }
    throw error
  }
}

const isError = (value: unknown): value is { error: string } =>
  typeof value === 'object' && value !== null && 'error' in value

function columnsOf({ header, records }: SampleRecords): ImportPreview['columns'] {
  return header.map((name, index) => {
    const texts = new Set(records.map(({ cells }) => cells[index] ?? '').filter((text) => text !== ''))
    return { name, examples: [...texts].slice(0, SHOWN_EXAMPLES).map((text) => text.slice(0, SHOWN_TEXT)) }
  })
}

/** '' stands for what was not found. */
function suggestionFor({ header, records }: SampleRecords): SuggestedMapping {
  const { cost, period_start, ...rest } = suggestMapping(
    header,
    records.map(({ cells }) => cells),
  )
  const { cost: _, period_start: __, ...complete } = mapping.parse({ ...rest, cost: 'x', period_start: 'x' })
  return { ...complete, ...(cost ? { cost } : {}), ...(period_start ? { period_start } : {}) }
}

const wholeMapping = (suggested: SuggestedMapping): Mapping | null => mapping.safeParse(suggested).data ?? null

interface Reading {
  format: FormatName | null
  mapping: Mapping | null
}

/** What the file is read as, and by which mapping; format null: only by a guess. */
function readingOf({
  request,
  detected,
  profile,
  suggested,
}: {
  request: PreviewRequest
  detected: FormatName | null
  profile: Mapping | null
  suggested: SuggestedMapping
}): Reading {
  const known = request.format === 'auto' ? detected : request.format
  if (request.format === 'auto' && request.mapping) return { format: 'mapping', mapping: request.mapping }
  if (known !== null && known !== 'mapping') return { format: known, mapping: null }
  const chosen = request.mapping ?? profile
  if (chosen) return { format: 'mapping', mapping: chosen }
  return { format: known, mapping: wholeMapping(suggested) }
}

function planOf({ sample, reading }: { sample: SampleRecords; reading: Reading }): LinePlan {
  const format = reading.mapping ? 'mapping' : (reading.format ?? 'auto')
  const columns = cellColumns(sample.header)
  return planLines({ columns, format, ...(reading.mapping ? { mapping: reading.mapping } : {}) })
}

function faultsOf({ lines, rejected }: { lines: readonly PreviewLine[]; rejected: SampleRecords['rejected'] }) {
  return [...lines, ...rejected]
    .toSorted((a, b) => a.line - b.line)
    .flatMap(({ line, faults }) => faults.map((fault) => ({ line, ...fault, value: fault.value.slice(0, SHOWN_TEXT) })))
    .slice(0, SHOWN_FAULTS)
}

async function checkLines({ plan, sample }: { plan: LinePlan; sample: SampleRecords }) {
  const lines = await previewLines({ plan, sample })
  const { records, rejected } = sample
  return {
    version: plan.version,
    warnings: plan.warnings,
    rows: lines.slice(0, SHOWN_ROWS).map(({ line, values }) => ({ line, values })),
    rows_checked: records.length + rejected.length,
    rows_rejected: lines.filter(({ faults }) => faults.length > 0).length + rejected.length,
    faults: faultsOf({ lines, rejected }),
  }
}

/** What the header alone says to a file that no known format and no profile explains. */
async function headerError(sample: SampleRecords): Promise<string | null> {
  const tried = await orError(() => planLines({ columns: cellColumns(sample.header), format: 'auto' }))
  return isError(tried) ? tried.error : null
}

/** What a bill is, and what its first rows would become: the same reading as an import's. It changes nothing. */
export async function previewBill(request: PreviewRequest): Promise<ImportPreview> {
  const sample = await orError(() => readSample({ text: request.sample, whole: request.whole }))
  const profile = await profileOf(request.source)
  if (sample === null) return { ...EMPTY, profile, error: 'The file is empty.' }
  if (isError(sample)) return { ...EMPTY, profile, error: sample.error }
  const suggested = suggestionFor(sample)
  const reading = readingOf({ request, detected: detectFormat(sample.header), profile, suggested })
  const seen: ImportPreview = {
    ...EMPTY,
    format: reading.format,
    delimiter: sample.delimiter,
    columns: columnsOf(sample),
    mapping: reading.mapping,
    suggested_mapping: suggested,
    profile,
    error: reading.format === null ? await headerError(sample) : null,
  }
  const plan = await orError(() => planOf({ sample, reading }))
  if (isError(plan)) return { ...seen, error: plan.error }
  return { ...seen, ...(await checkLines({ plan, sample })) }
}
