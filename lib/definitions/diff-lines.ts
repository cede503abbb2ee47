import { structuredPatch } from 'diff'
import type { DiffHunk } from '../contract/definition-versions'

/** Two documents of a thousand differing places and more are shown as one that went and one that came. */
const MAX_EDITS = 5000
const CONTEXT = 3
const KINDS = { ' ': 'same', '-': 'removed', '+': 'added' } as const

function replaced({ before, after }: { before: string; after: string }): DiffHunk {
  const split = (text: string) => (text === '' ? [] : text.replace(/\n$/, '').split('\n'))
  const [old, next] = [split(before), split(after)]
  return {
    old_start: 1,
    old_lines: old.length,
    new_start: 1,
    new_lines: next.length,
    lines: [
      ...old.map((text) => ({ kind: 'removed' as const, text })),
      ...next.map((text) => ({ kind: 'added' as const, text })),
    ],
  }
}

/** The changed lines with three around them, as a unified diff has them. */
export function diffLines({ before, after }: { before: string; after: string }): DiffHunk[] {
  const options = { context: CONTEXT, maxEditLength: MAX_EDITS }
  const patch = structuredPatch('', '', before, after, undefined, undefined, options)
  if (patch === undefined) return [replaced({ before, after })]
  return patch.hunks.map((hunk) => ({
    old_start: hunk.oldStart,
    old_lines: hunk.oldLines,
    new_start: hunk.newStart,
    new_lines: hunk.newLines,
    lines: hunk.lines.flatMap((line) => {
      const kind = KINDS[line.charAt(0) as keyof typeof KINDS]
      // `\ No newline at end of file` is no line of either.
      return kind === undefined ? [] : [{ kind, text: line.slice(1) }]
    }),
  }))
}
