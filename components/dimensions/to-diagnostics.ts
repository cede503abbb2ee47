import type { Diagnostic } from '@codemirror/lint'
import type { Text } from '@codemirror/state'
import type { Issue } from './use-validation'

/** Lines and columns count from 1; what lies past the text, since edited, goes to its end. */
export function positionOf(doc: Text, line: number, column: number): number {
  const place = doc.line(Math.max(1, Math.min(line, doc.lines)))
  return Math.min(place.from + Math.max(0, column - 1), place.to)
}

/** Marks from the place to the end of its line, or of the one word there is. */
export function toDiagnostics(doc: Text, issues: readonly Issue[]): Diagnostic[] {
  return issues.map((issue) => {
    const from = positionOf(doc, issue.line, issue.column)
    const line = doc.lineAt(from)
    return { from, to: Math.max(from, line.to), severity: issue.severity, message: issue.message }
  })
}
