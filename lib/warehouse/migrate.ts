import { z } from 'zod'
import type { Warehouse } from './client'
import { WAREHOUSE_MIGRATIONS } from './migrations'

/** Applies the warehouse's migrations in order. Every statement can be run twice, since ClickHouse has no transaction around them. */
export async function migrateWarehouse(warehouse: Warehouse): Promise<void> {
  await warehouse.command({
    query:
      'CREATE TABLE IF NOT EXISTS schema_migration (id UInt32, applied_at DateTime DEFAULT now()) ENGINE = MergeTree ORDER BY id',
  })
  const applied = await warehouse.query({
    query: 'SELECT DISTINCT id FROM schema_migration',
    schema: z.object({ id: z.number() }),
  })
  const done = new Set(applied.map((row) => row.id))
  for (const { id, statements } of WAREHOUSE_MIGRATIONS) {
    if (done.has(id)) continue
    for (const query of statements) await warehouse.command({ query })
    await warehouse.insert({ table: 'schema_migration', rows: [{ id }] })
  }
}
