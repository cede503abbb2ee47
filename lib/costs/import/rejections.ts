import { appendFile, rm } from 'node:fs/promises'
import { writeRow } from '../../csv-row'
import { database } from '../../db/client'
import { dataPath } from '../../env'

export interface Fault {
  column: string
  value: string
  reason: string
}

/** A record that was refused, with its line in the file. */
export interface Rejection {
  line: number
  cells: string[]
  faults: Fault[]
}

/** As many are shown on the page; the file has all of them. */
const SHOWN = 200

export const rejectedPath = (importId: string) => dataPath('imports', importId, 'rejected.csv')

/** Collects an import's bad rows: all of them in a CSV, with line and reason, the first ones in the database. */
export class RejectionLog {
  readonly #importId: string
  /** With several files, each row says which one it is from. */
  readonly #isNamed: boolean
  #fileName = ''
  #header: readonly string[] = []
  #isHeaderDue = false
  #shown = 0
  count = 0

  constructor({ importId, files }: { importId: string; files: number }) {
    this.#importId = importId
    this.#isNamed = files > 1
  }

  /** An import that starts again starts with an empty log. */
  async clear(): Promise<void> {
    const { prisma } = await database()
    await prisma.costImportError.deleteMany({ where: { importId: this.#importId } })
    await rm(rejectedPath(this.#importId), { force: true })
  }

  /** The rows that follow are of a file with this header. */
  begin({ fileName, header }: { fileName: string; header: readonly string[] }): void {
    const isSame = header.length === this.#header.length && header.every((name, index) => name === this.#header[index])
    this.#fileName = fileName
    this.#header = header
    if (!isSame) this.#isHeaderDue = true
  }

  async add({ file, rejections }: { file: number; rejections: readonly Rejection[] }): Promise<void> {
    if (rejections.length === 0) return
    const named = (name: string) => (this.#isNamed ? [name] : [])
    const head = this.#isHeaderDue ? writeRow([...named('file'), 'line', 'reason', ...this.#header]) : ''
    this.#isHeaderDue = false
    const rows = rejections.map(({ line, cells, faults }) => {
      const reason = faults.map((f) => `${f.column} ${f.reason}`.trim()).join('; ')
      return writeRow([...named(this.#fileName), String(line), reason, ...cells])
    })
    await appendFile(rejectedPath(this.#importId), head + rows.join(''))
    this.count += rejections.length
    const shown = rejections.slice(0, SHOWN - this.#shown)
    if (shown.length === 0) return
    this.#shown += shown.length
    const { prisma } = await database()
    await prisma.costImportError.createMany({
      data: shown.flatMap(({ line, faults }) =>
        faults.map((fault) => ({
          importId: this.#importId,
          file,
          line,
          column: fault.column,
          value: fault.value.slice(0, 200).replaceAll('\0', '�'),
          reason: fault.reason,
        })),
      ),
    })
  }
}
