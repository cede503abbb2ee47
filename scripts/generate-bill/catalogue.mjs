/** All that is bought; `catalogue/terms.mjs` says how to read it. */
import { COMPUTE } from './catalogue/compute.mjs'
import { DATA } from './catalogue/data.mjs'
import { DATABASES } from './catalogue/databases.mjs'
import { OPERATIONS } from './catalogue/operations.mjs'
import { OTHER_CLOUDS } from './catalogue/other-clouds.mjs'

export { FEES } from './catalogue/fees.mjs'
export { REST } from './catalogue/operations.mjs'
export { COMMITMENTS, SHAPES } from './catalogue/terms.mjs'

export const FLEETS = [...COMPUTE, ...DATABASES, ...DATA, ...OPERATIONS, ...OTHER_CLOUDS]
