import PgBoss from 'pg-boss'
import { database, type SqlRunner, type Transaction, transactionRunner } from '../db/client'
import { log } from '../log'
import { closeSingleton, processSingleton } from '../singleton'

/** The queues and what their jobs carry. A job is idempotent: it may run again after a crash. */
export interface JobData {
  'project-telemetry': { streamId: number }
  'import-costs': { importId: string }
  'add-up-days': { importId: string }
  'recompute-days': Record<string, never>
  'drop-partitions': { importId: string }
  'load-company': { createdBy: string }
  'drop-old-runs': Record<string, never>
}
export type QueueName = keyof JobData

export const QUEUES: Record<QueueName, { expireInSeconds: number; retryLimit: number }> = {
  'project-telemetry': { expireInSeconds: 600, retryLimit: 10 },
  'import-costs': { expireInSeconds: 12 * 3600, retryLimit: 3 },
  'add-up-days': { expireInSeconds: 3600, retryLimit: 3 },
  'recompute-days': { expireInSeconds: 3600, retryLimit: 10 },
  'drop-partitions': { expireInSeconds: 600, retryLimit: 10 },
  'load-company': { expireInSeconds: 1800, retryLimit: 3 },
  'drop-old-runs': { expireInSeconds: 600, retryLimit: 3 },
}
const queueNames = Object.keys(QUEUES) as QueueName[]

export interface Queue {
  boss: PgBoss
  /** Ids of this process's workers, so that a commit can wake them. */
  workers: Map<QueueName, string>
}

async function openQueue(): Promise<Queue> {
  const db = await database()
  const runner: SqlRunner = { executeSql: (text, values) => db.executeSql(text, values) }
  const boss = new PgBoss({ db: runner, schedule: false, archiveCompletedAfterSeconds: 3600, deleteAfterDays: 7 })
  boss.on('error', (error) => log.error({ err: error }, 'queue'))
  await boss.start()
  for (const name of queueNames) {
    const { expireInSeconds, retryLimit } = QUEUES[name]
    await boss.createQueue(name, {
      name,
      policy: 'standard',
      expireInSeconds,
      retryLimit,
      retryDelay: 1,
      retryBackoff: true,
    })
  }
  return { boss, workers: new Map() }
}

export const queue = processSingleton<Queue>('queue', openQueue)

export async function closeQueue(): Promise<void> {
  // Jobs that are still running enqueue others while it stops.
  await closeSingleton<Queue>('queue', ({ boss }) => boss.stop({ graceful: true, timeout: 10_000, wait: true }))
}

/** Enqueues a job in the transaction that makes it necessary: both are committed, or neither. */
export async function enqueue<Q extends QueueName>({
  tx,
  name,
  data,
  afterSeconds = 0,
}: {
  tx: Transaction
  name: Q
  data: JobData[Q]
  afterSeconds?: number
}): Promise<void> {
  const { boss } = await queue()
  const startAfter = new Date(Date.now() + afterSeconds * 1000).toISOString()
  const job = afterSeconds > 0 ? { name, data, startAfter } : { name, data }
  await boss.insert([job], { db: transactionRunner(tx) } as PgBoss.InsertOptions)
}

/** Wakes this process's workers after a commit; another process's find the job at their next poll. */
export async function wake(...names: QueueName[]): Promise<void> {
  const { boss, workers } = await queue()
  for (const name of names) {
    const id = workers.get(name)
    if (id) boss.notifyWorker(id)
  }
}
