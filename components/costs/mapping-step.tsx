import { cn } from '@/components/ui/cn'
import { missingWords } from '@/lib/presentation/mapping-draft'
import { checkedWords } from '@/lib/presentation/recognised'
import { FileColumns } from './file-columns'
import { MappingFields } from './mapping-fields'
import { PreviewTable } from './preview-table'
import { TagColumns } from './tag-columns'
import type { BillDraft } from './use-bill-draft'

/** For a file of no known format: its columns, what each one is, and the first rows as they will be. */
export function MappingStep({ bill }: { bill: BillDraft }) {
  const { draft, preview, options } = bill
  if (!draft || !preview) return null
  const { columns } = preview
  const missing = missingWords(draft)
  return (
    <section aria-label="Mapping" className="grid min-w-0 gap-5 border-t pt-4">
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <div className="min-w-0 lg:order-last">
          <FileColumns columns={columns} draft={draft} />
        </div>
        <div className="grid min-w-0 gap-4">
          <MappingFields columns={columns} draft={draft} onChange={bill.edit} />
          <TagColumns columns={columns} draft={draft} onChange={bill.edit} />
        </div>
      </div>
      {missing ? (
        <p className="text-[13px] text-soft">Choose {missing} to see the first rows as they will be.</p>
      ) : (
        preview.rows.length > 0 && (
          <div className={cn('grid min-w-0 gap-2', bill.isStale && 'opacity-60')} aria-busy={bill.isStale}>
            <p role="status" className="text-[13px] font-medium">
              {checkedWords(preview)}
            </p>
            <PreviewTable preview={preview} />
          </div>
        )
      )}
      <label className="flex items-start gap-2.5 text-[13px]">
        <input
          type="checkbox"
          className="mt-0.5 size-4 accent-accent-solid"
          checked={options.saveProfile}
          onChange={(event) => bill.change({ saveProfile: event.target.checked })}
        />
        <span>
          <span className="font-medium">Save as profile for source {bill.bill.source}</span>
          <span className="block text-xs text-soft">The next file of this source is read by it, by itself.</span>
        </span>
      </label>
    </section>
  )
}
