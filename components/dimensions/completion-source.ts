import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import type { EditorView } from '@codemirror/view'
import { fetchValues } from '@/lib/client/definition-preview'
import { completionContext } from '@/lib/presentation/costformation/completion-context'
import { type Suggestion, suggest, type Vocabulary, valuesKey } from '@/lib/presentation/costformation/completions'
import { documentDimensions } from '@/lib/presentation/costformation/document-dimensions'
import { counted } from '@/lib/presentation/explain-words'

const TYPES: Record<Suggestion['kind'], string> = {
  property: 'property',
  source: 'variable',
  value: 'text',
  keyword: 'keyword',
}

/** Puts a suggestion in the place of the token, and the cursor behind it. */
function applySuggestion({ insert, to, again }: { insert: string; to: number; again: boolean }) {
  return (view: EditorView, _: unknown, from: number, cursor: number) => {
    view.dispatch({
      changes: { from, to: Math.max(to, cursor), insert },
      selection: { anchor: from + insert.length },
      userEvent: 'input.complete',
      scrollIntoView: true,
    })
    if (again) void import('@codemirror/autocomplete').then(({ startCompletion }) => startCompletion(view))
  }
}

async function valuesOf({
  sources,
  typed,
  text,
  signal,
}: {
  sources: string[]
  typed: string
  text: string
  signal: AbortSignal
}) {
  const dimensions = documentDimensions(text)
  const found = new Map<string, string>()
  for (const source of sources) {
    const [, id] = /^(?:User|CZ):Defined:(.+)$/i.exec(source) ?? []
    for (const element of dimensions.find((dimension) => dimension.id === id)?.elements ?? [])
      found.set(element, 'in this document')
    const key = valuesKey(source, dimensions)
    if (key === null) continue
    // A dimension that is not saved yet has no values to ask for.
    const occurring = await fetchValues({ key, search: typed, signal }).catch(() => [])
    for (const { value, lines } of occurring) found.set(value, counted(lines, 'line'))
  }
  return [...found].map(([value, detail]) => ({ value, detail }))
}

/** Completion by what may stand at the cursor and what really occurs. */
export function definitionCompletion(vocabulary: () => Omit<Vocabulary, 'dimensions'>) {
  return async (editor: CompletionContext): Promise<CompletionResult | null> => {
    const text = editor.state.doc.toString()
    const context = completionContext(text, editor.pos)
    if (context === null) return null
    if (!editor.explicit && context.wants === 'property' && context.typed === '') return null
    const dimensions = documentDimensions(text)
    const aborter = new AbortController()
    editor.addEventListener('abort', () => aborter.abort())
    const isValue = context.wants === 'value' && context.value.kind === 'values'
    const values = isValue
      ? await valuesOf({ sources: context.sources, typed: context.typed, text, signal: aborter.signal })
      : []
    const suggestions = suggest({ context, vocabulary: { ...vocabulary(), dimensions }, values })
    if (suggestions.length === 0) return null
    return {
      from: context.from,
      // A quote that stands before the cursor is no part of what is searched for.
      filter: true,
      options: suggestions.map(({ label, detail, insert, kind, boost }) => ({
        label:
          text.charAt(context.from) === '"' || text.charAt(context.from) === "'"
            ? text.charAt(context.from) + label
            : label,
        displayLabel: label,
        detail,
        type: TYPES[kind],
        boost: Math.max(-99, boost),
        apply: applySuggestion({ insert, to: context.to, again: kind === 'property' && /[\s-]$/.test(insert) }),
      })),
      ...(isValue ? {} : { validFor: /^["']?[\w:.\-/ ]*$/ }),
    }
  }
}
