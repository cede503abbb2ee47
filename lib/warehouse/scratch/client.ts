import { type ChildProcess, fork } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'
import type { z } from 'zod'
import { isStopping } from '../../stopping'
import { SETTINGS } from '../settings'

/** The engine's process ended, by itself or because this server stops. */
export class ScratchEnded extends Error {
  constructor(readonly isStopping: boolean) {
    super(isStopping ? 'the server stops' : 'the engine that reads the bill ended unexpectedly')
  }
}

/** An embedded ClickHouse in a process and directory of its own. Statements run one at a time. */
export interface ScratchEngine {
  command(query: string): Promise<void>
  query<T extends z.ZodType>(input: { query: string; schema: T }): Promise<z.infer<T>[]>
  /** Resolves when its process has ended: its files are its owner's then. */
  close(): Promise<void>
}

interface Waiting {
  resolve: (rows: unknown[]) => void
  reject: (error: Error) => void
}

type Answer = { id: number; rows: unknown[] } | { id: number; error: string }

// Blocks are bounded by bytes: lines with many tags are long. What does not fit into the memory is an error, not a
// killed server.
const SCRATCH_SETTINGS = {
  ...SETTINGS,
  max_memory_usage: '1200000000',
  max_insert_threads: '2',
  min_insert_block_size_rows: '0',
  min_insert_block_size_bytes: '200000000',
  max_partitions_per_insert_block: '0',
  // Texts stay as they are written: a tag's value may look like anything.
  schema_inference_make_columns_nullable: '1',
}

const running = new Set<ChildProcess>()

/** Ends every scratch engine: this process is about to stop, and what they did is started again by the next one. */
export function stopScratchEngines(): void {
  for (const child of running) child.kill('SIGKILL')
}

export function openScratch(directory: string): ScratchEngine {
  const script = join(/* turbopackIgnore: true */ process.cwd(), 'lib', 'warehouse', 'scratch', 'engine.mjs')
  const child = fork(script, [directory, JSON.stringify(SCRATCH_SETTINGS)], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  running.add(child)
  // Whoever looks at a chart goes first.
  if (child.pid) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL)
  const waiting = new Map<number, Waiting>()
  let last = 0
  let hasEnded = false
  const ended = new Promise<void>((resolve) => {
    const finish = () => {
      hasEnded = true
      running.delete(child)
      for (const { reject } of waiting.values()) reject(new ScratchEnded(isStopping()))
      waiting.clear()
      resolve()
    }
    child.once('exit', finish)
    child.on('error', finish)
  })
  child.on('message', (answer: Answer) => {
    const asked = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('error' in answer) asked?.reject(new Error(answer.error))
    else asked?.resolve(answer.rows)
  })
  const ask = (statement: { query: string; rows: boolean }) =>
    new Promise<unknown[]>((resolve, reject) => {
      if (hasEnded) return reject(new ScratchEnded(isStopping()))
      const id = ++last
      waiting.set(id, { resolve, reject })
      child.send({ id, ...statement })
    })
  return {
    command: async (query) => {
      await ask({ query, rows: false })
    },
    query: async ({ query, schema }) => (await ask({ query, rows: true })).map((row) => schema.parse(row)),
    close: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}
