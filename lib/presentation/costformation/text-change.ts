/** What stands from `from` to `to` becomes `insert`; everything else of the text stays as it is. */
export interface TextChange {
  from: number
  to: number
  insert: string
}

/** Changes of one document, or null where this form of YAML cannot be edited in place. */
export type Edit = TextChange[] | null

export function applyChanges(text: string, changes: readonly TextChange[]): string {
  return [...changes]
    .sort((a, b) => b.from - a.from || b.to - a.to)
    .reduce((sofar, { from, to, insert }) => sofar.slice(0, from) + insert + sofar.slice(to), text)
}
