import { findNearest } from '../costformation/nearest'
import type { Definition, Dimension } from '../costformation/tree'
import { AppError } from '../errors'

/** A dimension by its id or its name. */
export function findDimension({ definition, key }: { definition: Definition; key: string }): Dimension {
  const { dimensions } = definition
  const found =
    dimensions.find((dimension) => dimension.id === key) ?? dimensions.find((dimension) => dimension.name === key)
  if (!found) {
    const near = findNearest({ word: key, candidates: dimensions.flatMap(({ id, name }) => [id, name]) })
    throw new AppError('not_found', `There is no dimension "${key}".${near === null ? '' : ` Did you mean "${near}"?`}`)
  }
  if (found.disabled) throw new AppError('not_found', `The dimension "${found.name}" is disabled.`)
  return found
}
