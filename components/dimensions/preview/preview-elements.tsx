'use client'
import { Fragment, useState } from 'react'
import { Amount } from '@/components/ui/amount'
import { Difference } from '@/components/ui/difference'
import { RowTh, Table, Td, Th } from '@/components/ui/table'
import type { DefinitionPreview, PreviewDimension, PreviewElement } from '@/lib/contract/definition-preview'
import { counted } from '@/lib/presentation/explain-words'
import { foldElements } from '@/lib/presentation/fold-elements'
import { formatCount, statementDigits, type Unit } from '@/lib/presentation/money'
import { elementName } from '@/lib/presentation/preview-words'
import { ElementLines } from './element-lines'

/** As many rows as a reader takes in at once. */
const TOP = 10

const linesWords = ({ lines_now, lines_after }: Pick<PreviewElement, 'lines_now' | 'lines_after'>) =>
  lines_now === lines_after ? formatCount(lines_after) : `${formatCount(lines_now)} → ${formatCount(lines_after)}`

/** A dimension's elements, each with its cost now and after; a name opens a sample of its lines. */
export function PreviewElements({
  dimension,
  preview,
  unit,
  yaml,
}: {
  dimension: PreviewDimension
  preview: DefinitionPreview
  unit: Unit
  yaml: string | null
}) {
  const [opened, setOpened] = useState<string | null>(null)
  const [all, setAll] = useState(false)
  const digits = statementDigits(preview.total)
  const { listed, rest } = foldElements({ dimension, top: all ? dimension.elements.length : TOP })
  return (
    <Table caption={`${dimension.name}, now and after`} className="[&_td]:px-2 [&_th]:px-2">
      <thead>
        <tr>
          <Th>Element</Th>
          <Th numeric>Now</Th>
          <Th numeric>After</Th>
          <Th numeric>Difference</Th>
          <Th numeric>Lines</Th>
        </tr>
      </thead>
      <tbody>
        {listed.map((element) => {
          const key = `${element.element === null ? '-' : '='}${element.element ?? element.reason}`
          const open = opened === key
          return (
            <Fragment key={key}>
              <tr>
                <RowTh className="min-w-32 font-normal">
                  <button
                    type="button"
                    aria-expanded={open}
                    disabled={yaml === null}
                    onClick={() => setOpened(open ? null : key)}
                    className="rounded-sm text-left break-words underline decoration-line decoration-dotted underline-offset-4 hover:decoration-current"
                  >
                    {elementName(element)}
                    <span className="sr-only">, lines</span>
                  </button>
                </RowTh>
                <Td numeric>
                  <Amount amount={element.now} unit={unit} digits={digits} />
                </Td>
                <Td numeric>
                  <Amount amount={element.after} unit={unit} digits={digits} />
                </Td>
                <Td numeric>
                  <Difference amount={element.difference} unit={unit} digits={digits} />
                </Td>
                <Td numeric>{linesWords(element)}</Td>
              </tr>
              {open && yaml !== null && (
                <tr>
                  <Td colSpan={5} className="bg-muted/40">
                    <ElementLines
                      input={{
                        yaml,
                        dimension: dimension.id,
                        element: element.element,
                        side: element.lines_after > 0 ? 'after' : 'now',
                        metric: preview.metric,
                        ...(preview.from && preview.to ? { from: preview.from, to: preview.to } : {}),
                        ...(preview.currency === null ? {} : { currency: preview.currency }),
                      }}
                      unit={unit}
                      isSplit={dimension.allocated}
                    />
                  </Td>
                </tr>
              )}
            </Fragment>
          )
        })}
        {rest && (
          <tr>
            <RowTh className="font-normal text-soft">
              {all ? (
                counted(rest.elements, 'more element')
              ) : (
                <button
                  type="button"
                  onClick={() => setAll(true)}
                  className="rounded-sm text-left underline decoration-dotted underline-offset-4"
                >
                  {counted(rest.elements, 'more element')}
                </button>
              )}
            </RowTh>
            <Td numeric>
              <Amount amount={rest.now} unit={unit} digits={digits} />
            </Td>
            <Td numeric>
              <Amount amount={rest.after} unit={unit} digits={digits} />
            </Td>
            <Td numeric>
              <Difference amount={rest.difference} unit={unit} digits={digits} />
            </Td>
            <Td numeric>{linesWords(rest)}</Td>
          </tr>
        )}
      </tbody>
      <tfoot>
        <tr className="font-semibold">
          <RowTh className="font-semibold">Total</RowTh>
          <Td numeric>
            <Amount amount={preview.total} unit={unit} digits={digits} />
          </Td>
          <Td numeric>
            <Amount amount={preview.total} unit={unit} digits={digits} />
          </Td>
          <Td numeric>–</Td>
          <Td numeric>{formatCount(preview.lines)}</Td>
        </tr>
      </tfoot>
    </Table>
  )
}
