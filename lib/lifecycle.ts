import { bootstrapApiKey } from './auth/api-keys'
import { closeDatabase, database } from './db/client'
import { forgetOldAnswers } from './db/transact'
import { closeQueue } from './jobs/queue'
import { startWorkers } from './jobs/worker'
import { log } from './log'
import { tidyUp } from './runs/tidy-up'
import { processSingleton } from './singleton'
import { beginStopping } from './stopping'
import { closeWarehouse, warehouse } from './warehouse/client'
import { stopScratchEngines } from './warehouse/scratch/client'

async function start(): Promise<void> {
  const started = Date.now()
  await database()
  await warehouse()
  await bootstrapApiKey()
  await forgetOldAnswers()
  await tidyUp()
  await startWorkers()
  log.info({ milliseconds: Date.now() - started }, 'engines are open, workers are running')
}

/** Opens both engines, migrates them and starts the workers; once a process. */
export const startServices = processSingleton('services', start)

/** Lets running jobs come to their next step, cuts imports short, and closes the engines in order. What is cut short is taken up by the next start. */
export async function stopServices(): Promise<void> {
  beginStopping()
  stopScratchEngines()
  await closeQueue()
  await closeWarehouse()
  await closeDatabase()
}

/** Services for the life of this process: SIGTERM and SIGINT close them and end it. */
export async function runServices(): Promise<void> {
  await startServices()
  const stop = () => {
    stopServices().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}
