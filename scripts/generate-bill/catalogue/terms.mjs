/**
 * What is bought. A *fleet* is all the resources of one SKU and use. Quantities are those of one resource and line.
 *
 * - `share`: of the bill's lines, in thousandths; `cadence`: what a line covers
 * - `price`: list, US dollars a `unit`, at most 9 fractional digits
 * - `base`: units a line; `noise`: how far it strays, in thousandths; `shape`: how it follows the hours of the day
 * - `steady`: runs whether there is traffic or not; `weekend`: thousandths of the resources that run then
 * - `owner`: `product` (picked for each resource), `platform` with its `pool`, or `it`
 * - `tenant`: each resource is a customer's own
 * - `id`, `name`: with {region} {account} {hex} {product} {environment} {customer} {n}
 * - `commitment`: what a part of its resources is covered by
 */

/** How much of its traffic an hour (UTC) has, in thousandths. */
export const SHAPES = {
  flat: Array(24).fill(1000),
  day: [
    520, 470, 440, 430, 450, 540, 700, 900, 1120, 1290, 1380, 1420, 1400, 1430, 1460, 1440, 1390, 1310, 1200, 1080, 950,
    820, 700, 600,
  ],
}

export const COMMITMENTS = {
  savings: {
    id: 'arn:aws:savingsplans::104857600011:savingsplan/5b1f3c1e-8a7d-4e0b-9c64-2d7a90e1f3b8',
    name: 'Compute Savings Plan 2024',
    category: 'Spend',
    type: 'Compute Savings Plan',
    unit: 'USD',
  },
  reserved: {
    id: 'arn:aws:rds:us-east-1:104857600011:ri:orders-2024',
    name: 'RDS orders 2024',
    category: 'Usage',
    type: 'Reserved Instance',
    unit: 'Hours',
  },
}

export const aws = {
  provider: 'aws',
  publisher: 'Amazon Web Services, Inc.',
  noise: 0,
  shape: 'flat',
  owner: 'product',
}
export const azure = { ...aws, provider: 'azure', publisher: 'Microsoft', owner: 'it' }
export const gcp = { ...aws, provider: 'gcp', publisher: 'Google Cloud', owner: 'it' }
export const hourly = { cadence: 'hourly', unit: 'Hours', base: 1, steady: true }
export const daily = { cadence: 'daily', noise: 180 }

/** Shared by all products; its lines are tagged with the pool. */
export const platform = (pool) => ({ owner: 'platform', pool })
