/** The command line: read, checked, and refused with what is wrong and what is accepted. */
import { basename, dirname, extname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { VERSIONS } from './columns.mjs'
import { CURRENCIES } from './company.mjs'

export const FORMATS = ['csv', 'csv.gz', 'parquet']

export const HELP = `Writes a FOCUS bill of a made-up SaaS company, and the telemetry that goes with it.
The same arguments give the same bytes on every machine.

  node scripts/generate-bill.mjs --out bill.csv [options]

  --out FILE           where the bill goes (required, unless only telemetry is asked for)
  --lines N            lines of the bill, exactly                          (200000)
  --months N           billing months, 1 to 36                             (3)
  --start YYYY-MM      the first of them                                   (2024-07)
  --format FORMAT      ${FORMATS.join(', ')}; else by the ending of FILE   (csv)
  --focus VERSION      ${VERSIONS.join(', ')}                              (1.2)
  --currencies N       1 to ${CURRENCIES.length}: ${CURRENCIES.map(({ code }) => code).join(', then ')}               (1)
  --seed N             another company of the same kind                    (1)
  --files N            so many files, numbered: bill-1.csv, bill-2.csv …   (1)
  --telemetry FILE     one JSON document a line: {"stream", "records"}
  --telemetry-dir DIR  one file a request: <stream>-<n>.json, {"records"}
  --help
`

const OPTIONS = {
  out: { type: 'string' },
  lines: { type: 'string', default: '200000' },
  months: { type: 'string', default: '3' },
  start: { type: 'string', default: '2024-07' },
  format: { type: 'string' },
  focus: { type: 'string', default: '1.2' },
  currencies: { type: 'string', default: '1' },
  seed: { type: 'string', default: '1' },
  files: { type: 'string', default: '1' },
  telemetry: { type: 'string' },
  'telemetry-dir': { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
}

/** What the person who runs the command can mend; shown without a stack. */
export class UsageError extends Error {}

function integer(name, text, { from, to }) {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < from || value > to)
    throw new UsageError(`--${name}: a whole number from ${from} to ${to}; got "${text}"`)
  return value
}

function oneOf(name, text, values) {
  if (!values.includes(text)) throw new UsageError(`--${name}: one of ${values.join(', ')}; got "${text}"`)
  return text
}

function month(text) {
  if (!/^(19[7-9]\d|20\d\d)-(0[1-9]|1[0-2])$/.test(text))
    throw new UsageError(`--start: a month from 1970-01 on, as 2024-07; got "${text}"`)
  return text
}

function endingOf(out) {
  return FORMATS.find((format) => out.endsWith(`.${format}`)) ?? 'csv'
}

/** `bill.csv.gz` in three: `bill-1.csv.gz`, `bill-2.csv.gz`, `bill-3.csv.gz`. */
function numbered(out, files) {
  if (files === 1) return [out]
  const name = basename(out)
  const ending = FORMATS.map((format) => `.${format}`).find((known) => name.endsWith(known)) ?? extname(name)
  const stem = name.slice(0, name.length - ending.length)
  return Array.from({ length: files }, (_, index) => join(dirname(out), `${stem}-${index + 1}${ending}`))
}

export function readArguments(argv) {
  const values = parsed(argv)
  if (values.help) return { help: true }
  if (!values.out && !values.telemetry && !values['telemetry-dir'])
    throw new UsageError('--out: say where the bill goes, as --out bill.csv')
  const files = integer('files', values.files, { from: 1, to: 100 })
  const out = values.out && resolve(values.out)
  if (out && /[*?{}]/.test(out)) throw new UsageError(`--out: a path without * ? { }; got "${values.out}"`)
  return {
    help: false,
    files: out ? numbered(out, files) : [],
    lines: integer('lines', values.lines, { from: 1, to: 1_000_000_000 }),
    months: integer('months', values.months, { from: 1, to: 36 }),
    start: month(values.start),
    format: oneOf('format', values.format ?? endingOf(out ?? ''), FORMATS),
    focus: oneOf('focus', values.focus, VERSIONS),
    currencies: integer('currencies', values.currencies, { from: 1, to: CURRENCIES.length }),
    seed: integer('seed', values.seed, { from: 0, to: 4_294_967_295 }),
    telemetry: values.telemetry && resolve(values.telemetry),
    telemetryDir: values['telemetry-dir'] && resolve(values['telemetry-dir']),
  }
}

function parsed(argv) {
  try {
    return parseArgs({ args: argv, options: OPTIONS }).values
  } catch (error) {
    throw new UsageError(error.message)
  }
}
