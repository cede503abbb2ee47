import { afterAll, beforeAll, describe } from 'vitest'
import { findPostgres, startPostgres } from './postgres-server'
import { describeRdsSplit } from './rds-split'

const given = process.env.TEST_DATABASE_URL
const bin = given ? null : findPostgres()

// Where there is neither a URL nor a server's programs, there is nothing to hold this against.
describe.runIf(given || bin)('on a PostgreSQL server', () => {
  let url = given ?? ''
  let stop = async () => {}
  beforeAll(async () => {
    if (bin) ({ url, stop } = await startPostgres(bin))
  })
  afterAll(() => stop())
  describeRdsSplit('the RDS split', { databaseUrl: () => url })
})
