// Writes the difference between prisma/migrations and prisma/schema.prisma as a new migration.
// Usage: npm run migration -- NAME
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { diffSchema } from './schema-diff.mjs'

const name = process.argv[2]
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  console.error('usage: npm run migration -- name_in_lower_case')
  process.exit(2)
}
const sql = await diffSchema()
if (!sql) {
  console.log('prisma/migrations already agree with prisma/schema.prisma')
  process.exit(0)
}
mkdirSync('prisma/migrations', { recursive: true })
const number = String(readdirSync('prisma/migrations').length + 1).padStart(4, '0')
const folder = `prisma/migrations/${number}_${name}`
mkdirSync(folder)
writeFileSync(`${folder}/migration.sql`, sql)
console.log(readFileSync(`${folder}/migration.sql`, 'utf8').split('\n').length, 'lines in', folder)
