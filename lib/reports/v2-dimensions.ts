import type { z } from 'zod'
import type { v2Dimensions } from '../contract/cloudzero-v2'
import { NATIVE_NAMES } from '../costformation/natives'
import { idOf } from '../wire/cloudzero-v2/dimension-id'
import { knownDimensions } from './v2-known'

/** What /v2/billing/costs groups and filters by: natives, the definition's dimensions, and tags that occur. */
export async function readV2Dimensions({
  includeHidden,
}: {
  includeHidden: boolean
}): Promise<z.infer<typeof v2Dimensions>> {
  const { definition, tags } = await knownDimensions()
  const shown = definition.dimensions.filter(({ disabled, hidden }) => !disabled && (includeHidden || !hidden))
  return {
    dimensions: [
      ...NATIVE_NAMES.map((name) => ({ id: name, name: name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ') })),
      ...shown.map((dimension) => ({ id: idOf(dimension), name: dimension.name })),
      ...tags.map((tag) => ({ id: `Tag:${tag}`, name: tag })),
    ],
  }
}
