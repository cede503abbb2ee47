import type { CostImport, ImportFormat, ImportMode } from '@/lib/contract/costs'

const FORMATS: Record<ImportFormat, string> = {
  auto: 'Format not read yet',
  focus: 'FOCUS',
  cur: 'AWS CUR',
  cur2: 'AWS CUR 2.0',
  cbf: 'CloudZero CBF',
  mapping: 'Mapped CSV',
}

/** `FOCUS 1.2`, `AWS CUR`. */
export function formatName({ format, version }: { format: ImportFormat; version: string | null }): string {
  return format === 'focus' && version !== null ? `FOCUS ${version}` : FORMATS[format]
}

/** How a person may name a format; `auto` leaves it to the header. */
export const FORMAT_OPTIONS: { value: ImportFormat; label: string; hint?: string }[] = [
  { value: 'auto', label: 'Tell by the header', hint: 'And by the saved mapping, where no format fits' },
  { value: 'focus', label: 'FOCUS 1.0 to 1.4' },
  { value: 'cur', label: 'AWS CUR' },
  { value: 'cur2', label: 'AWS CUR 2.0' },
  { value: 'cbf', label: 'CloudZero CBF' },
  { value: 'mapping', label: 'Another CSV', hint: 'You choose which column is what' },
]

/** The modes that a person chooses from; the third is AnyCost's alone. */
export const MODE_OPTIONS: { value: Exclude<ImportMode, 'replace_hours'>; label: string; words: string }[] = [
  {
    value: 'replace',
    label: 'Replace',
    words: 'Each month that the bill holds takes the place of what this source had for it, once all of it is in.',
  },
  {
    value: 'append',
    label: 'Append',
    words: 'The lines are added to what this source has. Content that counts already is refused, so nothing doubles.',
  },
]

export const MODE_NAMES: Record<ImportMode, string> = {
  replace: 'replace',
  append: 'append',
  replace_hours: 'replace hours',
}

/** A person's name for an import. */
export const importName = ({ file_name, source }: Pick<CostImport, 'file_name' | 'source'>) => file_name || source
