import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import type { ImportPreview } from '@/lib/contract/import-preview'
import {
  DECIMAL_MARK_OPTIONS,
  GRANULARITY_OPTIONS,
  MAPPING_FIELDS,
  type MappingDraft,
  type MappingKey,
  TIME_FORMAT_OPTIONS,
  withField,
} from '@/lib/presentation/mapping-draft'

interface MappingProps {
  columns: ImportPreview['columns']
  draft: MappingDraft
  onChange: (draft: MappingDraft) => void
}

const NONE = { value: '', label: '– none –' }

function optionsOf(columns: ImportPreview['columns']) {
  return [...new Set(columns.map(({ name }) => name))].filter(Boolean).map((name) => ({ value: name, label: name }))
}

function FieldSelect({ field, columns, draft, onChange }: MappingProps & { field: (typeof MAPPING_FIELDS)[number] }) {
  const isRequired = field.key === 'cost' || field.key === 'period_start'
  const value = draft[field.key] ?? ''
  const first = isRequired ? { value: '', label: 'Choose a column' } : NONE
  return (
    <Field label={isRequired ? `${field.label} (required)` : field.label} hint={field.hint}>
      {({ id }) => (
        <Select
          id={id}
          label={field.label}
          className="w-full"
          value={value}
          options={isRequired && value !== '' ? optionsOf(columns) : [first, ...optionsOf(columns)]}
          onChange={(column) => onChange(withField(draft, field.key, column))}
        />
      )}
    </Field>
  )
}

/** A column, or one code for all lines. */
function CurrencyFields({ columns, draft, onChange }: MappingProps) {
  const { currency } = draft
  const code = 'code' in currency ? currency.code : ''
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-2">
      <Field label="Currency" hint="A column, or one code for all rows">
        {({ id }) => (
          <Select
            id={id}
            label="Currency"
            className="w-full"
            value={'column' in currency ? currency.column : ''}
            options={[{ value: '', label: 'One code' }, ...optionsOf(columns)]}
            onChange={(column) => onChange({ ...draft, currency: column === '' ? { code: 'USD' } : { column } })}
          />
        )}
      </Field>
      {'code' in currency && (
        <Field label="Code" error={/^[A-Za-z]{3}$/.test(code) ? undefined : 'Three letters'}>
          {(props) => (
            <Input
              {...props}
              className="w-20 uppercase"
              value={code}
              maxLength={3}
              onChange={(event) => onChange({ ...draft, currency: { code: event.target.value } })}
            />
          )}
        </Field>
      )}
    </div>
  )
}

/** How times and numbers are written. */
function FormFields({ draft, onChange }: Omit<MappingProps, 'columns'>) {
  return (
    <>
      <Field label="Period is written as">
        {({ id }) => (
          <Select
            id={id}
            label="Period is written as"
            className="w-full"
            value={draft.time_format}
            options={TIME_FORMAT_OPTIONS}
            onChange={(time_format) => onChange({ ...draft, time_format })}
          />
        )}
      </Field>
      {draft.period_end === undefined && (
        <Field label="A row stands for" hint="As the file has no end of the period">
          {({ id }) => (
            <Select
              id={id}
              label="A row stands for"
              className="w-full"
              value={draft.granularity}
              options={GRANULARITY_OPTIONS}
              onChange={(granularity) => onChange({ ...draft, granularity })}
            />
          )}
        </Field>
      )}
      <Field label="Numbers are written as">
        {({ id }) => (
          <Select
            id={id}
            label="Numbers are written as"
            className="w-full"
            value={draft.decimal_mark}
            options={DECIMAL_MARK_OPTIONS}
            onChange={(decimal_mark) => onChange({ ...draft, decimal_mark })}
          />
        )}
      </Field>
    </>
  )
}

const FIRST: readonly MappingKey[] = ['cost', 'list_cost', 'period_start', 'period_end']

/** Which column is what. */
export function MappingFields(props: MappingProps) {
  return (
    <div className="grid content-start items-start gap-x-4 gap-y-3 sm:grid-cols-2 2xl:grid-cols-3">
      {MAPPING_FIELDS.filter(({ key }) => FIRST.includes(key)).map((field) => (
        <FieldSelect key={field.key} field={field} {...props} />
      ))}
      <FormFields draft={props.draft} onChange={props.onChange} />
      <CurrencyFields {...props} />
      {MAPPING_FIELDS.filter(({ key }) => !FIRST.includes(key)).map((field) => (
        <FieldSelect key={field.key} field={field} {...props} />
      ))}
    </div>
  )
}
