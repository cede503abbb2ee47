'use client'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { seriesFill } from '@/components/charts/series-fill'
import { Amount } from '@/components/ui/amount'
import { RowTh, Table, Td, Th } from '@/components/ui/table'
import { toPixels } from '@/lib/presentation/axis'
import { isZero } from '@/lib/presentation/exact'
import type { CostSeries, Explored, Sort } from '@/lib/presentation/explorer/report'
import { sortSeries } from '@/lib/presentation/explorer/report'
import { formatCount } from '@/lib/presentation/money'
import { ChangeAmount, ChangePercent } from './change-text'
import { NoCost } from './no-cost'
import { SeriesName } from './series-name'

interface Sorting {
  sort: Sort
  reverse: boolean
}

/** A row a group over the whole range; the row's name leads one level down. */
export function GroupsTable({
  explored,
  heading,
  sorting,
  onSort,
  onDrill,
}: {
  explored: Explored
  heading: string
  sorting: Sorting
  onSort: (sorting: Sorting) => void
  onDrill: (series: CostSeries) => void
}) {
  const { unit, digits, change } = explored
  const largest = Math.max(0, ...explored.series.map(({ cost }) => Math.abs(toPixels(cost) ?? 0)))
  const head = { sorting, onSort }
  return (
    <Table caption="Cost by group over the whole range">
      <thead>
        <tr>
          <SortTh {...head} sort="name">
            {heading}
          </SortTh>
          <SortTh {...head} sort="cost" numeric>
            Amount
          </SortTh>
          <Th className="border-t-0" numeric>
            Share
          </Th>
          {change && (
            <>
              <SortTh {...head} sort="previous" numeric>
                Before
              </SortTh>
              <SortTh {...head} sort="difference" numeric>
                Change
              </SortTh>
              <Th className="border-t-0" numeric>
                Change in %
              </Th>
            </>
          )}
          <SortTh {...head} sort="lines" numeric>
            Cost lines
          </SortTh>
        </tr>
      </thead>
      <tbody>
        {sortSeries(explored.series, sorting).map((one) => (
          <tr key={one.id} className="hover:bg-muted/50">
            <RowTh className="min-w-48 font-normal">
              <SeriesName series={one} onDrill={onDrill} />
              <span aria-hidden className="mt-1 ml-4.5 block h-1 rounded-full bg-muted">
                <span
                  className="block h-full rounded-full"
                  style={{
                    background: seriesFill(one),
                    width: `${largest === 0 ? 0 : (Math.abs(toPixels(one.cost) ?? 0) / largest) * 100}%`,
                  }}
                />
              </span>
            </RowTh>
            <Td numeric className="font-medium">
              <Amount amount={one.cost} shown={one.shown} unit={unit} digits={digits} />
            </Td>
            <Td numeric className="text-soft">
              {one.share ?? '–'}
            </Td>
            {one.change && (
              <>
                <Td numeric className="text-soft">
                  {isZero(one.change.previous) ? (
                    <NoCost />
                  ) : (
                    <Amount amount={one.change.previous} shown={one.change.shownPrevious} unit={unit} digits={digits} />
                  )}
                </Td>
                <Td numeric>
                  <ChangeAmount change={one.change} unit={unit} digits={digits} />
                </Td>
                <Td numeric className="text-soft">
                  <ChangePercent change={one.change} cost={one.cost} />
                </Td>
              </>
            )}
            <Td numeric className="text-soft">
              {formatCount(one.lines)}
            </Td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr className="font-semibold">
          <RowTh className="font-semibold">Total</RowTh>
          <Td numeric>
            <Amount amount={explored.total} shown={explored.shownTotal} unit={unit} digits={digits} />
          </Td>
          <Td numeric className="font-normal text-soft">
            100%
          </Td>
          {change && (
            <>
              <Td numeric>
                <Amount amount={change.previous} shown={change.shownPrevious} unit={unit} digits={digits} />
              </Td>
              <Td numeric>
                <ChangeAmount change={change} unit={unit} digits={digits} />
              </Td>
              <Td numeric className="font-normal text-soft">
                <ChangePercent change={change} cost={explored.total} />
              </Td>
            </>
          )}
          <Td numeric>{formatCount(explored.series.reduce((sum, { lines }) => sum + lines, 0))}</Td>
        </tr>
      </tfoot>
    </Table>
  )
}

function SortTh({
  sort,
  sorting,
  onSort,
  numeric = false,
  children,
}: {
  sort: Sort
  sorting: Sorting
  onSort: (sorting: Sorting) => void
  numeric?: boolean
  children: string
}) {
  const current = sorting.sort === sort
  const rises = (sort === 'name') !== sorting.reverse
  const Icon = rises ? ArrowUp : ArrowDown
  return (
    <Th className="border-t-0" numeric={numeric} aria-sort={current ? (rises ? 'ascending' : 'descending') : undefined}>
      <button
        type="button"
        onClick={() => onSort({ sort, reverse: current ? !sorting.reverse : false })}
        className="inline-flex items-center gap-1 rounded hover:text-fg"
      >
        {children}
        {current && <Icon className="size-3" aria-hidden />}
      </button>
    </Th>
  )
}
