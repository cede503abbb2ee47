import { z } from 'zod'
import type { ExplainStep, Explanation } from '@/lib/contract/allocations'

/** A step that was followed: what is explained there. `to` is exclusive. */
export interface TrailStep {
  dimensionId: string
  dimension: string
  /** Null: what has no element. */
  element: string | null
  from: string
  to: string
  currency: string | null
}

const shape = z.tuple([z.string(), z.string(), z.string().nullable(), z.string(), z.string(), z.string().nullable()])

/** The way as it stands in the address; a step that someone edited ends it. */
export function readTrail(texts: readonly string[]): TrailStep[] {
  const steps: TrailStep[] = []
  for (const text of texts) {
    const parsed = shape.safeParse(parseJson(text))
    if (!parsed.success) break
    const [dimensionId, dimension, element, from, to, currency] = parsed.data
    steps.push({ dimensionId, dimension, element, from, to, currency })
  }
  return steps
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export function writeStep(step: ExplainStep, { currency }: Pick<Explanation, 'currency'>): string {
  return JSON.stringify([step.dimension_id, step.dimension, step.element, step.from, step.to, currency])
}

/** `Email in Product` */
export function stepTitle({ dimension, element }: Pick<TrailStep, 'dimension' | 'element'>): string {
  return `${element ?? 'Unallocated'} in ${dimension}`
}
