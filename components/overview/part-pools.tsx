import { RowTh, Table, Td, Th } from '@/components/ui/table'
import type { ExplainPart } from '@/lib/contract/allocations'
import { percentWords } from '@/lib/presentation/explain-words'
import { Money } from './explain-money'

/** Of mutual services: what came to each pool, and what it gave. */
export function PartPools({ part: { handed_on: pools } }: { part: ExplainPart }) {
  if (pools.length === 0) return null
  return (
    <Table caption="What each pool gave" regionClassName="rounded-md border">
      <thead>
        <tr>
          <Th>Pool</Th>
          <Th numeric>Came to it</Th>
          <Th numeric>Share</Th>
          <Th numeric>Amount</Th>
        </tr>
      </thead>
      <tbody>
        {pools.map(({ pool, received, ratio, amount }) => (
          <tr key={pool}>
            <RowTh className="font-normal">{pool}</RowTh>
            <Td numeric>
              <Money amount={received} plain />
            </Td>
            <Td numeric>{ratio === null ? 'all: it gives to nobody' : percentWords(ratio.percent)}</Td>
            <Td numeric>
              <Money amount={amount} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
