import { addUpDays, importsWithoutDays } from '../costs/days/add-up'
import { dropLines } from '../costs/import/drop-lines'
import { runImport } from '../costs/import/run-import'
import { type Database, database } from '../db/client'
import { loadCompany } from '../example/load-company'
import { log } from '../log'
import { dropOldRunsAndPlan } from '../runs/drop-old-runs'
import { recomputeDays } from '../runs/recompute'
import { isStopping } from '../stopping'
import { projectTelemetry } from '../telemetry/project'
import { enqueue, type JobData, QUEUES, type QueueName, queue } from './queue'
import { takeOverJobs } from './take-over'

/** Drops what another import has replaced; what still counts for some month, or may be brought back, stays. */
async function dropReplaced(importId: string): Promise<void> {
  const { prisma } = await database()
  const kept = await prisma.costPeriod.findMany({
    where: { OR: [{ importIds: { has: importId } }, { previousImportIds: { has: importId } }] },
  })
  await dropLines(
    importId,
    kept.map((period) => period.month.toISOString().slice(0, 10)),
  )
}

const HANDLERS: { [Q in QueueName]: (data: JobData[Q]) => Promise<void> } = {
  'project-telemetry': ({ streamId }) => projectTelemetry(streamId),
  'import-costs': ({ importId }) => runImport(importId),
  'add-up-days': ({ importId }) => addUpDays(importId),
  'recompute-days': () => recomputeDays(),
  'drop-partitions': ({ importId }) => dropReplaced(importId),
  'load-company': (data) => loadCompany(data),
  'drop-old-runs': () => dropOldRunsAndPlan(),
}

/** Jobs taken at once. Equal ones are done once: a burst of batches needs one projection a stream, and one run. */
const BATCH: Record<QueueName, number> = {
  'project-telemetry': 100,
  'import-costs': 1,
  'add-up-days': 1,
  'recompute-days': 100,
  'drop-partitions': 1,
  'load-company': 1,
  'drop-old-runs': 100,
}

async function work<Q extends QueueName>(name: Q): Promise<void> {
  const { boss, workers } = await queue()
  const id = await boss.work<JobData[Q]>(name, { pollingIntervalSeconds: 2, batchSize: BATCH[name] }, async (jobs) => {
    // Where there was work there may be more: look again at once, and poll only when the queue is empty.
    const self = workers.get(name)
    if (self) boss.notifyWorker(self)
    const distinct = new Map(jobs.map(({ data }) => [JSON.stringify(data), data]))
    const errors: unknown[] = []
    for (const data of distinct.values()) {
      try {
        await HANDLERS[name](data)
      } catch (error) {
        // The others have their turn all the same; doing them again with this one is harmless.
        if (!isStopping()) log.error({ err: error, queue: name, data }, 'job failed, it will be tried again')
        errors.push(error)
      }
    }
    if (errors.length > 0) throw errors[0]
  })
  workers.set(name, id)
}

/** Days that an update of the product, or a run that gave up, has left out of date are computed now. */
async function resumeRecompute({ prisma }: Database): Promise<void> {
  if ((await prisma.staleDay.count()) === 0) return
  await prisma.$transaction((tx) => enqueue({ tx, name: 'recompute-days', data: {} }))
}

/** Bills of a version that did not add up days, and those whose attempts failed, have their turn now. */
async function resumeAddingUp({ prisma }: Database): Promise<void> {
  const importIds = await importsWithoutDays()
  await prisma.$transaction(async (tx) => {
    for (const importId of importIds) await enqueue({ tx, name: 'add-up-days', data: { importId } })
  })
}

/** How often a process looks for imports that another one left behind. */
const LOOK_MILLISECONDS = 30_000

/** Starts this process's workers, on what a crash cut off first. */
export async function startWorkers(): Promise<void> {
  const db = await database()
  await queue()
  await takeOverJobs(db)
  await resumeRecompute(db)
  await resumeAddingUp(db)
  for (const name of Object.keys(QUEUES) as QueueName[]) await work(name)
  if (db.embedded) return
  const look = setInterval(() => {
    takeOverJobs(db).catch((error: unknown) => log.warn({ err: error }, 'could not look for abandoned imports'))
  }, LOOK_MILLISECONDS)
  look.unref()
}
