import { utc } from '@date-fns/utc'
import { format } from 'date-fns'
import type { CostImport } from '@/lib/contract/costs'
import { counted } from './explain-words'
import { importName } from './import-words'

type Months = CostImport['months']

/** `2024-09` → `September 2024`. */
export const monthWords = (month: string) => format(`${month}-01`, 'MMMM yyyy', { in: utc })

const monthsList = (months: Months) =>
  months.map(({ month, rows }) => `${monthWords(month)} (${counted(rows, 'row')})`).join(', ')

/** Why an import does not hold a month that it brought. `imports` is the list that it stands in, newest first. */
function lossOf({ item, month, imports }: { item: CostImport; month: string; imports: readonly CostImport[] }): string {
  const holders = imports.filter(
    ({ source, periods }) => source === item.source && periods.some((period) => period.month === month),
  )
  const later = holders.filter(({ created_at }) => created_at > item.created_at)
  if (later.length > 0) return `replaced by ${later.map(importName).join(' and ')}`
  const couldReturn = item.after_restore.some((turn) => turn.month === month)
  return couldReturn || holders.length > 0 ? 'rolled back' : 'replaced by a later import'
}

/** What a completed import counts for still, and what became of the rest, as sentences. */
export function holdings({ item, imports }: { item: CostImport; imports: readonly CostImport[] }): string[] {
  if (item.status !== 'completed') return []
  const held = new Set(item.periods.map(({ month }) => month))
  const lost = item.months.filter(({ month }) => !held.has(month))
  return [
    ...(item.periods.length > 0 ? [`Holds ${monthsList(item.periods)}.`] : []),
    ...lost.map(({ month }) => `${monthWords(month)} was ${lossOf({ item, month, imports })}.`),
  ]
}

/** What will count in each month after a roll-back, or after an import was brought back. */
export function afterTurn({
  turns,
  imports,
}: {
  turns: CostImport['after_rollback']
  imports: readonly CostImport[]
}): { month: string; words: string }[] {
  return turns.map(({ month, imports: ids }) => {
    const names = ids.map((id) => {
      const found = imports.find((item) => item.id === id)
      const rows = found?.months.find((one) => one.month === month)?.rows
      if (!found) return 'an earlier import'
      return rows === undefined ? importName(found) : `${importName(found)} (${counted(rows, 'row')})`
    })
    return { month: monthWords(month), words: names.length === 0 ? 'nothing' : names.join(' and ') }
  })
}
