import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

/** Colours by the page's variables, so that the editor follows the theme by itself. */
export const editorTheme = [
  EditorView.theme({
    '&': { backgroundColor: 'var(--surface)', color: 'var(--fg)', fontSize: '13px' },
    '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
    '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '1.6', minHeight: '26rem', maxHeight: '68vh' },
    '.cm-content': { caretColor: 'var(--fg)', padding: '10px 0' },
    '.cm-cursor': { borderLeftColor: 'var(--fg)' },
    '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--fg-subtle)', border: 'none' },
    '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--muted) 70%, transparent)' },
    '.cm-activeLineGutter': { backgroundColor: 'var(--muted)', color: 'var(--fg)' },
    '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
      backgroundColor: 'color-mix(in srgb, var(--accent) 24%, transparent)',
    },
    '.cm-matchingBracket': { backgroundColor: 'var(--accent-soft) !important', color: 'inherit' },
    '.cm-tooltip': {
      backgroundColor: 'var(--surface)',
      color: 'var(--fg)',
      border: '1px solid var(--line)',
      borderRadius: '8px',
      boxShadow: 'var(--shadow-float)',
      overflow: 'hidden',
    },
    '.cm-tooltip.cm-tooltip-autocomplete > ul': {
      fontFamily: 'var(--font-mono)',
      fontSize: '12px',
      maxHeight: 'none',
    },
    '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 10px', lineHeight: '1.5' },
    '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--accent-solid)', color: '#fff' },
    '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '600' },
    '.cm-completionDetail': { fontFamily: 'var(--font-sans)', fontStyle: 'normal', color: 'var(--fg-subtle)' },
    'li[aria-selected] .cm-completionDetail': { color: '#fff' },
    '.cm-diagnosticAction': {
      backgroundColor: 'var(--accent-solid)',
      color: '#fff',
      borderRadius: '5px',
      padding: '2px 8px',
      cursor: 'pointer',
    },
    '.cm-diagnostic': { fontFamily: 'var(--font-sans)', padding: '6px 10px' },
    '.cm-diagnostic-error': { borderLeftColor: 'var(--bad)' },
    '.cm-diagnostic-warning': { borderLeftColor: 'var(--warn)' },
    '.cm-panels': { backgroundColor: 'var(--muted)', color: 'var(--fg)' },
  }),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--accent)' },
      { tag: [tags.string, tags.special(tags.string), tags.content], color: 'var(--fg)' },
      { tag: tags.comment, color: 'var(--fg-subtle)', fontStyle: 'italic' },
      { tag: [tags.keyword, tags.bool, tags.number, tags.typeName, tags.labelName], color: 'var(--ok)' },
      { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace, tags.meta], color: 'var(--fg-soft)' },
    ]),
  ),
]
