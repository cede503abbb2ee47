import type { FileColumn, LinePlan } from '../formats/plan'
import type { ImportEngine } from './engine'
import type { Rejection } from './rejections'

/** What a piece of a file has brought; `read` says how many bytes of the file are done. */
export interface LoadedChunk {
  rows: number
  rejected: Rejection[]
  read: number
}

export interface LoadFile {
  path: string
  engine: ImportEngine
  /** For files that are gone when the import is. */
  directory: string
  /** How the file's columns become cost lines. Throws an AppError for a file that is no bill. */
  plan: (input: { columns: FileColumn[]; header: string[] }) => Promise<LinePlan>
  onChunk: (chunk: LoadedChunk) => Promise<void>
}

export interface FileLoad {
  /** Of the content, unpacked; null where it is that of the file as it came. */
  sha256: string | null
}
