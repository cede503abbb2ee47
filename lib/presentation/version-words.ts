import type { VersionSummary } from '@/lib/contract/definition-versions'

const NAMED = 4

function listed(ids: readonly string[]): string {
  const rest = ids.length - NAMED
  return rest > 0 ? `${ids.slice(0, NAMED).join(', ')} and ${rest} more` : ids.join(', ')
}

/** `Added Product; changed Shared RDS.` */
export function summaryWords(summary: VersionSummary | null): string {
  if (summary === null) return 'Cannot be read any more.'
  if (summary.only_text) return 'Comments, order or layout only.'
  const parts = [
    ['added', summary.added],
    ['changed', summary.changed],
    ['removed', summary.removed],
  ] as const
  const text = parts.flatMap(([verb, ids]) => (ids.length > 0 ? [`${verb} ${listed(ids)}`] : [])).join('; ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
