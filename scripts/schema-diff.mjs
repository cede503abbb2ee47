import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import { PrismaPGlite } from 'pglite-prisma-adapter'

// The package's own entry imports the .wasm file as a module, which Node 20 does not.
async function loadSchemaEngine() {
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'))
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const { instance } = await WebAssembly.instantiate(readFileSync(join(folder, 'schema_engine_bg.wasm')), {
    './schema_engine_bg.js': glue,
  })
  glue.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  return glue.SchemaEngine
}

/**
 * SQL that leads from the applied migrations to the schema; empty when they agree. The schema engine comes as
 * WebAssembly and works on an in-memory PGlite, so that no engine binary is needed.
 */
export async function diffSchema() {
  const SchemaEngine = await loadSchemaEngine()
  const datamodel = readFileSync('prisma/schema.prisma', 'utf8')
  const db = await PGlite.create()
  const applied = existsSync('prisma/migrations') ? readdirSync('prisma/migrations').sort() : []
  for (const folder of applied) await db.exec(readFileSync(`prisma/migrations/${folder}/migration.sql`, 'utf8'))
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPGlite(db))
  const files = [{ path: 'prisma/schema.prisma', content: datamodel }]
  const engine = await SchemaEngine.new({ datamodels: [['prisma/schema.prisma', datamodel]] }, () => {}, adapter)
  const filters = { externalTables: [], externalEnums: [] }
  const result = await engine.diff({
    from: { tag: 'schemaDatasource', files, configDir: 'prisma' },
    to: { tag: 'schemaDatamodel', files },
    script: true,
    exitCode: null,
    filters,
    shadowDatabaseUrl: null,
  })
  await db.close()
  const text = result.stdout ?? ''
  return text.includes('This is an empty migration') ? '' : text
}
