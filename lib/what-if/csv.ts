import type { MethodsReport, WhatIfReport } from '../contract/what-if'
import { textCell, writeRow } from '../csv-row'
import { elementName } from '../presentation/preview-words'
import { methodName } from '../presentation/what-if/method-words'

/** Elements by methods, every digit; the last row is the pool. The kind tells an element from cost without one. */
export function methodsCsv({ columns, elements, total, currency, metric, dimensions }: MethodsReport): string {
  const unit = currency === null ? metric : `${metric}, ${currency}`
  const names = columns.map(({ method }) => textCell(methodName(method, dimensions)))
  const rows = elements.map((element) => [
    textCell(elementName(element)),
    element.element === null ? 'without' : 'element',
    ...element.amounts.map((amount) => amount ?? ''),
  ])
  const totals = ['Pool', 'total', ...columns.map((column) => (column.totals === null ? '' : total))]
  return [['Element', 'Kind', ...names.map((name) => `${name} (${unit})`)], ...rows, totals].map(writeRow).join('')
}

export function whatIfCsv({ elements, total, currency, metric }: WhatIfReport): string {
  const unit = currency === null ? metric : `${metric}, ${currency}`
  const rows = elements.map((element) => [
    textCell(elementName(element)),
    element.element === null ? 'without' : 'element',
    ...[element.now, element.after, element.difference],
  ])
  return [
    ['Element', 'Kind', `Now (${unit})`, `After (${unit})`, `Difference (${unit})`],
    ...rows,
    ['Total', 'total', total, total, '0'],
  ]
    .map(writeRow)
    .join('')
}
