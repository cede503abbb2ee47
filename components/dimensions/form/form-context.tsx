'use client'
import { createContext, use } from 'react'
import type { Vocabulary } from '@/lib/presentation/costformation/completions'
import type { FormEdit } from '@/lib/presentation/costformation/form-edits'

interface FormTools {
  /** Makes one step of the editor's history; false where the document has a form that cannot be edited in place. */
  run: (edit: FormEdit) => boolean
  vocabulary: Vocabulary
  jump: (line: number) => void
}

const Context = createContext<FormTools | null>(null)
export const FormProvider = Context.Provider

export function useForm(): FormTools {
  const tools = use(Context)
  if (!tools) throw new Error('a part of the form stands outside of it')
  return tools
}
