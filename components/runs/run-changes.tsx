import Link from 'next/link'
import { Amount } from '@/components/ui/amount'
import { Card } from '@/components/ui/card'
import { Difference } from '@/components/ui/difference'
import { RowTh, Table, Td, Th } from '@/components/ui/table'
import type { AllocationRun } from '@/lib/contract/runs'
import { statementDigits } from '@/lib/presentation/money'
import { changeOf } from '@/lib/presentation/run-words'

/** Cost of each dimension on the run's days, and what of it is unallocated, before and after. */
export function RunChanges({ run }: { run: AllocationRun }) {
  const { changes, status } = run
  if (changes.length === 0) {
    return (
      <Card title="What changed">
        <p className="text-[13px] text-soft">
          {status === 'running'
            ? 'Shown when the run is whole.'
            : status === 'completed'
              ? 'Its days hold no amounts, before or after.'
              : 'Nothing: what was in force before it stays.'}
        </p>
      </Card>
    )
  }
  return (
    <Card title="What changed" description="Effective cost on the run’s days, before and after it" flush>
      <Table caption="Cost by dimension before and after the run">
        <thead>
          <tr>
            <Th>Dimension</Th>
            <Th numeric>Cost before</Th>
            <Th numeric>After</Th>
            <Th numeric>Difference</Th>
            <Th numeric>Unallocated before</Th>
            <Th numeric>After</Th>
            <Th numeric>Difference</Th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => {
            const { before, after, currency } = change
            const money = { unit: { currency }, digits: statementDigits(after.cost) }
            const difference = changeOf(change)
            return (
              <tr key={`${change.dimension_id} ${currency}`} className="hover:bg-muted/50">
                <RowTh className="min-w-40">
                  <Link
                    href={`/?${new URLSearchParams({ dimension: change.dimension_id, currency })}`}
                    className="text-accent underline underline-offset-4"
                  >
                    {change.dimension}
                  </Link>
                </RowTh>
                <Td numeric>
                  <Amount amount={before.cost} {...money} />
                </Td>
                <Td numeric>
                  <Amount amount={after.cost} {...money} />
                </Td>
                <Td numeric>
                  <Difference amount={difference.cost} {...money} />
                </Td>
                <Td numeric>
                  <Amount amount={before.unallocated} {...money} />
                </Td>
                <Td numeric>
                  <Amount amount={after.unallocated} {...money} />
                </Td>
                <Td numeric>
                  <Difference amount={difference.unallocated} {...money} />
                </Td>
              </tr>
            )
          })}
        </tbody>
      </Table>
    </Card>
  )
}
