'use client'
import { acceptCompletion, autocompletion, type CompletionSource, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory, redo, undo } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit } from '@codemirror/language'
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { EditorState } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import type { TextChange } from '@/lib/presentation/costformation/text-change'
import { editorTheme } from './editor-theme'
import { positionOf, toDiagnostics } from './to-diagnostics'
import type { Issue } from './use-validation'

export interface YamlEditorHandle {
  /** One step of the history each. */
  apply: (changes: readonly TextChange[]) => void
  undo: () => void
  redo: () => void
  replaceAll: (text: string, options?: { focus: boolean }) => void
  jumpTo: (line: number, column: number) => void
}

export function YamlEditor({
  ref,
  value,
  issues,
  label,
  shown,
  complete,
  onChange,
  onSave,
}: {
  ref: Ref<YamlEditorHandle>
  /** Read once; later changes go through `replaceAll`, as the editor keeps its own history. */
  value: string
  issues: readonly Issue[]
  label: string
  /** Hidden while the form is in its place; the history goes on. */
  shown: boolean
  complete: CompletionSource
  onChange: (text: string) => void
  onSave: () => void
}) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const latest = useRef({ value, label, complete, onChange, onSave })
  useEffect(() => {
    latest.current = { value, label, complete, onChange, onSave }
  })

  useEffect(() => {
    if (!host.current) return
    const save = () => {
      latest.current.onSave()
      return true
    }
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          lineNumbers(),
          foldGutter(),
          lintGutter(),
          history(),
          drawSelection(),
          indentOnInput(),
          indentUnit.of('  '),
          bracketMatching(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          highlightSelectionMatches(),
          search({ top: true }),
          yaml(),
          autocompletion({
            override: [(context) => latest.current.complete(context)],
            icons: false,
            // As many as fit without scrolling: what scrolls could not be reached by keyboard.
            maxRenderedOptions: 12,
          }),
          editorTheme,
          EditorView.contentAttributes.of({ 'aria-label': latest.current.label, tabindex: '0' }),
          keymap.of([
            { key: 'Mod-s', run: save, preventDefault: true },
            { key: 'Tab', run: acceptCompletion },
            ...completionKeymap,
            indentWithTab,
            ...defaultKeymap,
            ...historyKeymap,
            ...searchKeymap,
            ...foldKeymap,
            ...lintKeymap,
          ]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange(update.state.doc.toString())
          }),
        ],
      }),
    })
    view.current = editor
    return () => {
      view.current = null
      editor.destroy()
    }
  }, [])

  useEffect(() => {
    const editor = view.current
    if (editor) editor.dispatch(setDiagnostics(editor.state, toDiagnostics(editor.state.doc, issues)))
  }, [issues])

  useImperativeHandle(
    ref,
    () => ({
      replaceAll: (text, options) => {
        const editor = view.current
        editor?.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } })
        if (options?.focus) editor?.focus()
      },
      apply: (changes) => {
        view.current?.dispatch({
          changes: [...changes],
          annotations: isolateHistory.of('full'),
          userEvent: 'input.form',
        })
      },
      undo: () => {
        if (view.current) undo(view.current)
      },
      redo: () => {
        if (view.current) redo(view.current)
      },
      jumpTo: (line, column) => {
        const editor = view.current
        if (!editor) return
        const at = positionOf(editor.state.doc, line, column)
        editor.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) })
        editor.focus()
      },
    }),
    [],
  )
  // What was measured while it was hidden is nothing.
  useEffect(() => {
    if (shown) view.current?.requestMeasure()
  }, [shown])
  return <div ref={host} className="border-t" hidden={!shown} />
}
