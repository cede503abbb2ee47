import type { Catalogue } from '@/lib/contract/costs'
import type { Stream } from '@/lib/contract/streams'
import { writeRow } from '../csv-row'

type StreamShape = Pick<Stream, 'name' | 'granularity' | 'filter_keys'>

/** Two records that this stream would take as they stand: its granularity, its keys, values that its bill has. */
export function exampleRecords(stream: StreamShape, catalogue: Catalogue | undefined) {
  const granularity = stream.granularity ?? 'DAILY'
  const day = catalogue?.last_day ?? '2024-09-01'
  const timestamp = granularity === 'MONTHLY' ? `${day.slice(0, 7)}-01T00:00:00Z` : `${day}T00:00:00Z`
  const filter = Object.fromEntries(stream.filter_keys.map((key) => [key, [exampleValue(key, catalogue)]]))
  return [
    { timestamp, granularity, filter, element_name: 'Email', value: '100045' },
    { timestamp, granularity, filter, element_name: 'Messaging', value: '1000600' },
  ]
}

function exampleValue(key: string, catalogue: Catalogue | undefined): string {
  const known = catalogue?.keys.find((one) => one.key.toLowerCase() === key.toLowerCase())
  // What a DefaultValue is usually called is the one value that nobody would split.
  const telling = known?.examples.find((value) => !/^(not|no|none|other|unallocated|unknown)\b/i.test(value))
  return telling ?? known?.examples[0] ?? 'value'
}

/** A line for a POSIX shell: single quotes around, each one inside spelled `'\''`. */
export function curlLine({
  origin,
  stream,
  catalogue,
}: {
  origin: string
  stream: StreamShape
  catalogue: Catalogue | undefined
}): string {
  const records = exampleRecords(stream, catalogue)
    .map((record) => `  ${JSON.stringify(record)}`)
    .join(',\n')
  const body = `{"records":[\n${records}\n]}`.replaceAll("'", "'\\''")
  return [
    `curl -X POST ${origin}/unit-cost/v1/telemetry/allocation/${encodeURIComponent(stream.name)}/sum \\`,
    `  -H "Authorization: $APPORTION_API_KEY" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d '${body}'`,
  ].join('\n')
}

/** The CSV that the upload takes: four fixed columns and one a filter key. */
export function csvTemplate(stream: StreamShape, catalogue: Catalogue | undefined): string {
  const head = ['timestamp', 'granularity', 'element_name', 'value', ...stream.filter_keys]
  const rows = exampleRecords(stream, catalogue).map((record) => [
    record.timestamp,
    record.granularity,
    record.element_name,
    record.value,
    ...stream.filter_keys.map((key) => record.filter[key]?.[0] ?? ''),
  ])
  return [head, ...rows].map(writeRow).join('')
}
