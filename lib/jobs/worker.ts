import { dropLines, runImport } from '../costs/import/run-import'
import { database } from '../db/client'
import { log } from '../log'
import { recomputeDays } from '../runs/recompute'
import { projectTelemetry } from '../telemetry/project'
import { type JobData, QUEUES, type QueueName, queue } from './queue'

/** Drops what another import has replaced; what still counts for some month stays. */
async function dropReplaced(importId: string): Promise<void> {
  const { prisma } = await database()
  const kept = await prisma.costPeriod.findMany({ where: { importId } })
  await dropLines(
    importId,
    kept.map((period) => period.month.toISOString().slice(0, 10)),
  )
}

const HANDLERS: { [Q in QueueName]: (data: JobData[Q]) => Promise<void> } = {
  'project-telemetry': ({ streamId }) => projectTelemetry(streamId),
  'import-costs': ({ importId }) => runImport(importId),
  'recompute-days': () => recomputeDays(),
  'drop-partitions': ({ importId }) => dropReplaced(importId),
}

async function work<Q extends QueueName>(name: Q): Promise<void> {
  const { boss, workers } = await queue()
  const id = await boss.work<JobData[Q]>(name, { pollingIntervalSeconds: 2, batchSize: 1 }, async (jobs) => {
    for (const job of jobs) {
      try {
        await HANDLERS[name](job.data)
      } catch (error) {
        log.error({ err: error, queue: name, job: job.id }, 'job failed, it will be tried again')
        throw error
      }
    }
  })
  workers.set(name, id)
}

/**
 * Starts this process's workers. What a crash left "active" is taken up at once where this is the only process that
 * can have had it; on a shared PostgreSQL the queue's own expiry does that.
 */
export async function startWorkers(): Promise<void> {
  const db = await database()
  await queue()
  if (db.embedded) await db.executeSql("UPDATE pgboss.job SET state = 'retry' WHERE state = 'active'")
  for (const name of Object.keys(QUEUES) as QueueName[]) await work(name)
}
