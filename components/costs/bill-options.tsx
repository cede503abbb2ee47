import { Disclosure } from '@/components/ui/disclosure'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { FORMAT_OPTIONS } from '@/lib/presentation/import-words'
import type { BillDraft } from './use-bill-draft'

/** What is right for most bills as it is. */
export function BillOptions({ bill }: { bill: BillDraft }) {
  const { options, change, isShareRight } = bill
  return (
    <Disclosure title="Options">
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label="Format" hint="Named, it is not guessed by the header.">
          {({ id }) => (
            <Select
              id={id}
              label="Format"
              className="w-full"
              value={options.format}
              options={FORMAT_OPTIONS}
              onChange={(format) => change({ format })}
            />
          )}
        </Field>
        <Field
          label="Most bad rows, in %"
          hint="A larger share of them fails the import, and changes nothing."
          error={isShareRight ? undefined : 'A number from 0 to 100.'}
        >
          {(props) => (
            <Input
              {...props}
              type="number"
              min={0}
              max={100}
              step="any"
              value={options.maxRejected}
              onChange={(event) => change({ maxRejected: event.target.value })}
            />
          )}
        </Field>
      </div>
    </Disclosure>
  )
}
