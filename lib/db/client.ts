import { PGlite } from '@electric-sql/pglite'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import { dataPath, env } from '../env'
import { log } from '../log'
import { closeSingleton, processSingleton } from '../singleton'
import { type Prisma, PrismaClient } from './generated/client'
import { migrate } from './migrate'

/** Statements beside Prisma: the queue's and the migrations'. Without values the text may hold several statements. */
export interface SqlRunner {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>
}

export interface Database extends SqlRunner {
  prisma: PrismaClient
  embedded: boolean
  close(): Promise<void>
}

/** A running transaction. Everything in it goes through it: the embedded engine has one connection. */
export type Transaction = Prisma.TransactionClient

function embeddedRunner(pglite: PGlite): SqlRunner {
  return {
    async executeSql(text, values) {
      if (values && values.length > 0) return { rows: (await pglite.query<Record<string, unknown>>(text, values)).rows }
      const results = await pglite.exec(text)
      return { rows: results.at(-1)?.rows ?? [] }
    },
  }
}

async function openEmbedded(): Promise<Database> {
  const pglite = await PGlite.create(dataPath('postgres'))
  const runner = embeddedRunner(pglite)
  await migrate(runner)
  const prisma = new PrismaClient({
    adapter: new PrismaPGlite(pglite),
    transactionOptions: { maxWait: 60_000, timeout: 60_000 },
  })
  return {
    ...runner,
    prisma,
    embedded: true,
    async close() {
      await prisma.$disconnect()
      if (!pglite.closed) await pglite.close()
    },
  }
}

async function openServer(connectionString: string): Promise<Database> {
  // Times are UTC whatever the server's own zone: the adapter drops the offset of what it reads.
  const options = '-c timezone=UTC'
  const pool = new pg.Pool({ connectionString, options, max: 5 })
  // A server that restarts ends idle connections; the pool opens new ones.
  pool.on('error', (error) => log.warn({ err: error }, 'a PostgreSQL connection was lost'))
  const runner: SqlRunner = {
    executeSql: async (text, values) => ({ rows: (await pool.query(text, values)).rows ?? [] }),
  }
  await migrate(runner)
  const prisma = new PrismaClient({
    adapter: new PrismaPg({ connectionString, options, max: 10 }),
    transactionOptions: { maxWait: 60_000, timeout: 60_000 },
  })
  return {
    ...runner,
    prisma,
    embedded: false,
    async close() {
      await prisma.$disconnect()
      await pool.end()
    },
  }
}

/** The one door to PostgreSQL: PGlite under DATA_DIR, or DATABASE_URL. Opened, and migrated, by the first caller. */
export const database = processSingleton<Database>('database', async () => {
  const { DATABASE_URL } = env()
  return DATABASE_URL ? openServer(DATABASE_URL) : openEmbedded()
})

export async function closeDatabase(): Promise<void> {
  await closeSingleton<Database>('database', (opened) => opened.close())
}

/** Statements of the queue inside a Prisma transaction, so that a job is enqueued with what made it necessary. */
export function transactionRunner(tx: Transaction): SqlRunner {
  return {
    async executeSql(text, values = []) {
      return { rows: await tx.$queryRawUnsafe<Record<string, unknown>[]>(text, ...values) }
    },
  }
}
