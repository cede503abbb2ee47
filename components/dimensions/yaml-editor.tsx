'use client'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
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
import { editorTheme } from './editor-theme'
import { positionOf, toDiagnostics } from './to-diagnostics'
import type { Issue } from './use-validation'

export interface YamlEditorHandle {
  replaceAll: (text: string, options?: { focus: boolean }) => void
  jumpTo: (line: number, column: number) => void
}

export function YamlEditor({
  ref,
  value,
  issues,
  label,
  onChange,
  onSave,
}: {
  ref: Ref<YamlEditorHandle>
  /** Read once; later changes go through `replaceAll`, as the editor keeps its own history. */
  value: string
  issues: readonly Issue[]
  label: string
  onChange: (text: string) => void
  onSave: () => void
}) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const latest = useRef({ value, label, onChange, onSave })
  useEffect(() => {
    latest.current = { value, label, onChange, onSave }
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
          editorTheme,
          EditorView.contentAttributes.of({ 'aria-label': latest.current.label, tabindex: '0' }),
          keymap.of([
            { key: 'Mod-s', run: save, preventDefault: true },
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
  return <div ref={host} className="border-t" />
}
