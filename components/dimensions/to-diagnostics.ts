import type { Diagnostic } from '@codemirror/lint'
import type { Text } from '@codemirror/state'
import { tokenAt } from '@/lib/presentation/costformation/token'
import { yamlScalar } from '@/lib/presentation/costformation/yaml-scalar'
import type { Issue } from './use-validation'

/** Lines and columns count from 1; what lies past the text, since edited, goes to its end. */
export function positionOf(doc: Text, line: number, column: number): number {
  const place = doc.line(Math.max(1, Math.min(line, doc.lines)))
  return Math.min(place.from + Math.max(0, column - 1), place.to)
}

/** Marks from the place to the end of its line; where something near exists, it can be written instead. */
export function toDiagnostics(doc: Text, issues: readonly Issue[]): Diagnostic[] {
  return issues.map((issue) => {
    const { severity, message, suggestion } = issue
    const from = positionOf(doc, issue.line, issue.column)
    const line = doc.lineAt(from)
    const mark = { from, to: Math.max(from, line.to), severity, message }
    if (suggestion === undefined) return mark
    const end = tokenAt(line.text, from - line.from)?.to ?? line.length
    return {
      ...mark,
      to: line.from + end,
      actions: [
        {
          name: `Write ${suggestion}`,
          apply: (view, start, to) => view.dispatch({ changes: { from: start, to, insert: yamlScalar(suggestion) } }),
        },
      ],
    }
  })
}
