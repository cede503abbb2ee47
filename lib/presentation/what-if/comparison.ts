import type { WithoutElement } from '@/lib/contract/definition-preview'
import type { MethodsReport, WhatIfReport } from '@/lib/contract/what-if'
import { Exact, isZero, sumExact } from '../exact'
import { unitOf } from '../metrics'
import { statementDigits, type Unit } from '../money'
import { elementName } from '../preview-words'
import { roundStatement } from '../round-statement'
import { shares } from '../shares'
import { methodHint, methodName } from './method-words'

/** One way to split, as a column; `error`: why it has no amounts. */
export interface ComparedColumn {
  name: string
  hint: string
  error: string | null
}

export interface ComparedCell {
  amount: string
  shown: string
  share: string | null
  /** Against the first column; `shownDifference` is of what is shown. */
  difference: string
  shownDifference: string
}

export interface ComparedRow {
  key: string
  kind: 'element' | 'other' | 'without'
  name: string
  /** Parallel to the columns. */
  cells: (ComparedCell | null)[]
}

export interface Comparison {
  unit: Unit
  digits: number
  columns: ComparedColumn[]
  rows: ComparedRow[]
  /** What every column adds up to. */
  total: string
  shownTotal: string
  /** How many elements there are, and how many of them one row stands for. */
  elements: { all: number; inOther: number }
}

interface Element {
  element: string | null
  reason: WithoutElement | null
  amounts: (string | null)[]
}

/** Elements past the first ones as one. */
function fold(elements: readonly Element[], top: number): (Element & { kind: ComparedRow['kind']; name: string })[] {
  const named = elements.filter(({ element }) => element !== null)
  const without = elements.filter(({ element }) => element === null)
  const listed = named.length > top + 1 ? named.slice(0, top) : named
  const rest = named.slice(listed.length)
  const amounts = (rest[0]?.amounts ?? []).map((first, at) =>
    first === null ? null : sumExact(rest.map((one) => one.amounts[at] ?? '0')),
  )
  const other = { element: null, reason: null, amounts, kind: 'other' as const }
  return [
    ...listed.map((one) => ({ ...one, kind: 'element' as const, name: elementName(one) })),
    ...(rest.length > 0 ? [{ ...other, name: `Other (${rest.length} of ${named.length})` }] : []),
    ...without
      .filter((one) => one.amounts.some((amount) => amount !== null && !isZero(amount)))
      .map((one) => ({ ...one, kind: 'without' as const, name: elementName(one) })),
  ]
}

function compare({
  elements,
  columns,
  total,
  unit,
  top,
}: {
  elements: readonly Element[]
  columns: ComparedColumn[]
  total: string
  unit: Unit
  top: number
}): Comparison {
  const digits = statementDigits(total)
  const rows = fold(elements, top)
  const column = (at: number) => {
    const amounts = rows.map((row) => row.amounts[at] ?? null)
    if (amounts.some((amount) => amount === null)) return null
    const known = amounts.flatMap((amount) => amount ?? [])
    return { shown: roundStatement({ amounts: known, digits }), shares: shares(known, total) }
  }
  const shown = columns.map((_, at) => column(at))
  const minus = (a: string, b: string) => new Exact(a).minus(b).toFixed()
  const all = elements.filter(({ element }) => element !== null).length
  return {
    unit,
    digits,
    columns,
    total,
    shownTotal: roundStatement({ amounts: [total], digits })[0] ?? total,
    elements: { all, inOther: all - rows.filter(({ kind }) => kind === 'element').length },
    rows: rows.map(({ kind, name, amounts, element, reason }, row) => ({
      key: `${kind}:${element ?? reason ?? ''}`,
      kind,
      name,
      cells: amounts.map((amount, at) =>
        amount === null
          ? null
          : {
              amount,
              shown: shown[at]?.shown[row] ?? amount,
              share: shown[at]?.shares[row] ?? null,
              difference: minus(amount, amounts[0] ?? '0'),
              shownDifference: minus(shown[at]?.shown[row] ?? amount, shown[0]?.shown[row] ?? '0'),
            },
      ),
    })),
  }
}

/** Methods side by side, the first one what is now. */
export function prepareMethods({ report, top = 20 }: { report: MethodsReport; top?: number }): Comparison {
  return compare({
    elements: report.elements,
    columns: report.columns.map(({ method, error }) => ({
      name: methodName(method, report.dimensions),
      hint: methodHint(method),
      error,
    })),
    total: report.total,
    unit: unitOf(report.metric, report.currency),
    top,
  })
}

/** A definition that is not saved beside the one that is. */
export function prepareWhatIf({ report, top = 20 }: { report: WhatIfReport; top?: number }): Comparison {
  return compare({
    elements: report.elements.map(({ now, after, ...which }) => ({ ...which, amounts: [now, after] })),
    columns: [
      { name: 'Now', hint: `By version ${report.definition_version} of the definitions`, error: null },
      { name: 'After', hint: 'By the definition that is being written', error: null },
    ],
    total: report.total,
    unit: unitOf(report.metric, report.currency),
    top,
  })
}
