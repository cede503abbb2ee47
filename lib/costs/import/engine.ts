import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { sqlString } from '../../costformation/sql-literal'
import { adoptTable } from '../../warehouse/adopt'
import { warehouse } from '../../warehouse/client'
import { COST_LINES } from '../../warehouse/migrations'
import { openScratch, type ScratchEngine } from '../../warehouse/scratch/client'
import { digestLines, type ImportDigest } from '../digest/digest'
import type { FileColumn, LinePlan } from '../formats/plan'
import { mergeParts } from './merge-parts'
import type { Fault } from './rejections'

/** A file that ClickHouse reads by itself. `structure`: its columns, where the format does not tell. */
export interface SourceFile {
  path: string
  format: string
  structure: string | null
}

export interface Reading {
  file: SourceFile
  /** Of the format, `name = value`; '' for none. */
  settings: string
}

/** A row that was refused. `row` counts from 0 in what was read. */
export interface BadRow {
  row: number
  cells: string[]
  faults: Fault[]
}

const fault = z.tuple([z.string(), z.string(), z.string()])
const badRow = z.object({ n: z.coerce.number(), faults: z.array(fault), cells: z.array(z.string()) })
const TABLE_PATH = `SELECT data_paths[1] AS path FROM system.tables WHERE database = currentDatabase() AND name = 'cost_lines'`
const pathRow = z.object({ path: z.string() })
// What was inserted last stays apart, so that it can be taken back, however many parts there are by then.
const UNMERGED =
  'max_bytes_to_merge_at_max_space_in_pool = 1, parts_to_delay_insert = 1000000, parts_to_throw_insert = 1000000, max_parts_in_total = 1000000'
const partRow = z.object({ name: z.string(), rows: z.coerce.number() })

/**
 * Makes cost lines of a bill's files in an engine of its own, beside the one that answers people, which takes them over
 * when they are whole. Nothing of a bill passes through JavaScript, its bad rows aside.
 */
export class ImportEngine {
  readonly #importId: string
  readonly #directory: string
  readonly #scratch: ScratchEngine
  readonly #parts = new Set<string>()
  #plan: LinePlan | null = null
  #columns: readonly FileColumn[] = []
  /** Of the table's files. */
  #path: string | null = null
  /** Parts of the last insert. */
  #last: string[] = []

  private constructor({
    importId,
    directory,
    scratch,
  }: {
    importId: string
    directory: string
    scratch: ScratchEngine
  }) {
    this.#importId = importId
    this.#directory = directory
    this.#scratch = scratch
  }

  static async open({ importId, directory }: { importId: string; directory: string }): Promise<ImportEngine> {
    await rm(directory, { recursive: true, force: true })
    await mkdir(directory, { recursive: true })
    const scratch = openScratch(directory)
    const engine = new ImportEngine({ importId, directory, scratch })
    await scratch.command(`${COST_LINES} SETTINGS ${UNMERGED}`)
    return engine
  }

  async close(): Promise<void> {
    await this.#scratch.close()
    await rm(this.#directory, { recursive: true, force: true })
  }

  /** How the rows of the file that comes next become cost lines. */
  use({ plan, columns }: { plan: LinePlan; columns: readonly FileColumn[] }): void {
    this.#plan = plan
    this.#columns = columns
  }

  /** Names and types of a file that tells them itself. */
  async columnsOf(file: SourceFile): Promise<{ name: string; type: string }[]> {
    const schema = z.object({ name: z.string(), type: z.string() })
    return this.#scratch.query({ query: `DESCRIBE TABLE ${fileSql(file)}`, schema })
  }

  async query<T extends z.ZodType>(input: { query: string; schema: T }): Promise<z.infer<T>[]> {
    return this.#scratch.query(input)
  }

  /**
   * Makes lines of the good rows; `expected`: how many there are in all. Returns how many are good. After an error, or
   * to take them back, `undo`.
   */
  async insert({ file, settings, expected }: Reading & { expected: number }): Promise<number> {
    this.#last = []
    const { suspicious, faults } = this.#current()
    const reading = { file, settings }
    // Whether a row is suspicious is cheap to tell; what exactly is wrong with it is asked only where some are.
    const good = await this.#insertWhere({ ...reading, test: suspicious === '0' ? null : `NOT (${suspicious})` })
    if (good === expected || suspicious === '0') return good
    return good + (await this.#insertWhere({ ...reading, test: `(${suspicious}) AND empty(${faults})` }))
  }

  async #insertWhere({ file, settings, test }: Reading & { test: string | null }): Promise<number> {
    const plan = this.#current()
    const columns = plan.columns.map(({ column }) => column).join(', ')
    const values = plan.columns.map(({ sql }) => sql).join(', ')
    await this.#scratch.command(
      `INSERT INTO cost_lines (ImportId, ${columns}) SELECT toUUID('${this.#importId}'), ${values} FROM ${fileSql(file)}${test === null ? '' : ` WHERE ${test}`}${settingsSql(settings)}`,
    )
    const added = (await this.#activeParts()).filter(({ name }) => !this.#parts.has(name))
    for (const { name } of added) this.#parts.add(name)
    this.#last.push(...added.map(({ name }) => name))
    return added.reduce((sum, part) => sum + part.rows, 0)
  }

  /** Takes back what the last insert has made, whether it succeeded or not. */
  async undo(): Promise<void> {
    for (const name of this.#last) this.#parts.delete(name)
    this.#last = []
    for (const { name } of await this.#activeParts()) {
      if (!this.#parts.has(name)) await this.#scratch.command(`ALTER TABLE cost_lines DROP PART ${sqlString(name)}`)
    }
  }

  /**
   * The rows that `insert` leaves out, in order, with what is wrong with them: all of them, or, of a format that
   * numbers its rows, so many from a row on.
   */
  async badRows({
    file,
    settings,
    numbered,
  }: Reading & { numbered?: { from: number; limit: number } }): Promise<BadRow[]> {
    const plan = this.#current()
    const number = numbered ? '_row_number' : 'rowNumberInAllBlocks()'
    const cells = this.#columns.map(({ sql }) => `ifNull(toString(${sql}), '')`).join(', ')
    // Read in one thread, so that the row numbers are those of the file, unless it has its own.
    const inOrder = numbered
      ? ''
      : [settings, 'max_threads = 1', 'input_format_parallel_parsing = 0'].filter(Boolean).join(', ')
    const asked = numbered ? ` WHERE _row_number >= ${numbered.from} AND (${plan.suspicious})` : ''
    const found = await this.#scratch.query({
      query: `SELECT n, faults, cells FROM (
        SELECT ${number} AS n, if(${plan.suspicious}, ${plan.faults}, []) AS faults, [${cells}] AS cells FROM ${fileSql(file)}${asked}
      ) WHERE notEmpty(faults) ORDER BY n${numbered ? ` LIMIT ${numbered.limit}` : ''}${settingsSql(inOrder)}`,
      schema: badRow,
    })
    return found.map(({ n, ...row }) => ({
      row: n,
      cells: row.cells,
      faults: row.faults.map(([column, value, reason]) => ({ column, value, reason })),
    }))
  }

  /**
   * Rows in the parts that are on disk, told by the files beside the engine, which is busy: a part that is being
   * written has a name of its own.
   */
  async rowsOnDisk(): Promise<number> {
    this.#path ??= (await this.#scratch.query({ query: TABLE_PATH, schema: pathRow }))[0]?.path ?? ''
    let rows = 0
    for (const name of await readdir(this.#path)) {
      if (!/^[0-9a-f]{32}_\d+_\d+_\d+$/.test(name)) continue
      const count = await readFile(join(this.#path, name, 'count.txt'), 'utf8').catch(() => '0')
      rows += Number(count)
    }
    return rows
  }

  /** Sorts the lines as one: nothing can be taken back after it. `look` is called every now and then. */
  async settle(look: () => Promise<void>): Promise<void> {
    await mergeParts({ scratch: this.#scratch, look })
  }

  /** What stands in the lines so far. */
  async digest(): Promise<ImportDigest> {
    return digestLines({ query: (input) => this.#scratch.query(input), where: '1' })
  }

  /** Hands the lines over to the warehouse; nothing can be asked of this engine after it. */
  async handOver(): Promise<void> {
    await adoptTable({ warehouse: await warehouse(), scratch: this.#scratch, table: 'cost_lines' })
  }

  #current(): LinePlan {
    if (!this.#plan) throw new Error('no plan says how the file is read')
    return this.#plan
  }

  async #activeParts() {
    return this.#scratch.query({
      query: `SELECT name, rows FROM system.parts WHERE active AND database = currentDatabase() AND table = 'cost_lines'`,
      schema: partRow,
    })
  }
}

function fileSql({ path, format, structure }: SourceFile): string {
  return `file(${sqlString(path)}, ${format}${structure === null ? '' : `, ${sqlString(structure)}`})`
}

const settingsSql = (settings: string) => (settings ? ` SETTINGS ${settings}` : '')
