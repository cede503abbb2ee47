import { Amount } from '@/components/ui/amount'
import { cn } from '@/components/ui/cn'
import { Difference } from '@/components/ui/difference'
import { RowTh, Table, Td, Th } from '@/components/ui/table'
import { isZero } from '@/lib/presentation/exact'
import { formatAmount } from '@/lib/presentation/money'
import type { Comparison } from '@/lib/presentation/what-if/comparison'

/** Elements by columns: each with its share, and how it differs from the first. */
export function ComparisonTable({
  comparison,
  caption,
  scrolls,
}: {
  comparison: Comparison
  caption: string
  /** All elements may be many: they scroll beneath their heads and above their total. */
  scrolls: boolean
}) {
  const { columns, rows, unit, digits } = comparison
  return (
    <Table caption={caption} regionClassName={cn('rounded-b-xl', scrolls && 'max-h-160')}>
      <thead className="sticky top-0 z-10 bg-surface">
        <tr>
          <Th>Element</Th>
          {columns.map(({ name, hint }) => (
            <Th key={name} numeric>
              <span className="inline-block max-w-48 truncate align-bottom" title={`${name}: ${hint}`}>
                {name}
              </span>
            </Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} className="align-top hover:bg-muted/50">
            <RowTh className={row.kind === 'element' ? 'min-w-32 break-words' : 'min-w-32 font-normal text-soft'}>
              {row.name}
            </RowTh>
            {columns.map(({ name, error }, at) => {
              const cell = row.cells[at]
              return (
                <Td key={name} numeric>
                  {cell ? (
                    <>
                      <Amount amount={cell.amount} shown={cell.shown} unit={unit} digits={digits} />
                      <span className="block text-xs text-subtle">
                        {cell.share ?? '–'}
                        {at > 0 && !isZero(cell.shownDifference) && (
                          <>
                            {' · '}
                            <Difference
                              amount={cell.difference}
                              shown={cell.shownDifference}
                              unit={unit}
                              digits={digits}
                            />
                          </>
                        )}
                      </span>
                    </>
                  ) : (
                    <span className="text-subtle" title={error ?? undefined}>
                      –
                    </span>
                  )}
                </Td>
              )
            })}
          </tr>
        ))}
      </tbody>
      <tfoot className="sticky bottom-0 bg-surface shadow-[0_-1px_0_var(--line)]">
        <tr className="font-semibold">
          <RowTh className="border-t font-semibold">Total</RowTh>
          {columns.map(({ name, error }) => (
            <Td key={name} numeric className="border-t">
              {error === null ? (
                <span title={`Exactly ${formatAmount(comparison.total, unit)}`}>
                  {formatAmount(comparison.shownTotal, unit, digits)}
                </span>
              ) : (
                '–'
              )}
            </Td>
          ))}
        </tr>
      </tfoot>
    </Table>
  )
}
