import { afterAll, beforeAll, describe } from 'vitest'
import { startClickHouseHttp } from './clickhouse-http'
import { describeRdsSplit } from './rds-split'

describe('with a ClickHouse over HTTP', () => {
  let url = ''
  let stop = async () => {}
  beforeAll(async () => {
    ;({ url, stop } = await startClickHouseHttp())
  })
  afterAll(() => stop())
  describeRdsSplit('the RDS split', { clickHouseUrl: () => url })
})
