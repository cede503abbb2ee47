import { expect, it } from 'vitest'
import { parseDefinition } from '../costformation/parse'
import { EXAMPLE_DEFINITIONS, EXAMPLE_WORKSPACE_DEFINITIONS } from './definitions'

it.each([
  ['the small example', EXAMPLE_DEFINITIONS, 3],
  ['both bills', EXAMPLE_WORKSPACE_DEFINITIONS, 12],
])('the definitions of %s are valid', (_, yaml, count) => {
  const { definition, errors } = parseDefinition(yaml)
  expect(errors).toEqual([])
  expect(definition?.dimensions).toHaveLength(count)
  expect(definition?.dimensions.map(({ id }) => id).slice(0, 3)).toEqual(['SharedRDS', 'SplitDataLake', 'Product'])
})
