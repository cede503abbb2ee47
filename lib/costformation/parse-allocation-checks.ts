import type { PlacedPolicy } from './parse-gaps'
import type { Properties, Property, Reader } from './reader'
import type { AllocationDimension, ElementRule, GapPolicy } from './tree'

interface Parts extends Pick<AllocationDimension, 'allocation' | 'elementCutoff' | 'window' | 'elements' | 'mutual'> {
  reader: Reader
  properties: Properties
  /** Where the cutoff was written. */
  cutoff: Property | undefined
  gaps: PlacedPolicy[]
}

/** How a split is spoken of, and what it has no use for, each with the reason. */
interface Nature {
  name: string
  cutoff?: string
  window?: string
  gaps?: Partial<Record<GapPolicy['type'], string>>
  elements?: string
  mutual?: string
}

const NO_GAP = 'it leaves no gap'
const NO_POOLS = 'pools that hand on to each other are values of a stream’s filter key'

const NATURES = {
  Rate: {
    name: '`Rate`',
    cutoff: 'each element pays for its units',
    window: 'units are paid for in the bucket that they were used in',
    gaps: { Even: NO_GAP, Carry: NO_GAP, Next: NO_GAP },
    elements: 'each element pays for its units; what is left goes to `DefaultElement`',
    mutual: 'what a pool hands on is no unit',
  },
  Even: {
    name: '`Even`',
    cutoff: 'all elements get the same',
    window: 'it goes by no drivers',
    gaps: { Carry: 'it goes by no drivers' },
    mutual: NO_POOLS,
  },
  Fixed: {
    name: '`Fixed`',
    window: 'its weights are the same at all times',
    gaps: { Even: NO_GAP, Carry: NO_GAP, Next: NO_GAP },
    mutual: NO_POOLS,
  },
  Proportional: { name: '`Proportional`', mutual: NO_POOLS },
  ForEach: { name: '`ForEachElementOf`', mutual: 'each of its elements has ratios of its own' },
} as const satisfies Record<string, Nature>

function natureOf(allocation: AllocationDimension['allocation']): Nature | null {
  if (allocation.type === 'AllocateByStreams') return allocation.rate === null ? null : NATURES.Rate
  if (allocation.method !== 'Proportional') return NATURES[allocation.method]
  return allocation.forEachElementOf.length > 0 ? NATURES.ForEach : NATURES.Proportional
}

/** Refuses what says nothing together: a window where nothing is looked back at, a cutoff of equal parts… */
export function refuseCombinations(parts: Parts): void {
  const { reader, properties, cutoff, allocation, window, gaps, elements, mutual } = parts
  const nature = natureOf(allocation)
  if (nature === null) return
  const refuse = (what: string, at: Property['key'] | undefined, why: string | undefined) => {
    if (why !== undefined && at !== undefined) {
      reader.fail({ at, message: `\`${what}\` says nothing with ${nature.name}: ${why}` })
    }
  }
  refuse('ElementCutoff', cutoff?.key, nature.cutoff)
  if (window.type !== 'SameBucket') refuse('Window', properties.get('Window')?.key, nature.window)
  for (const { policy, at } of gaps) refuse(policy.type, at, nature.gaps?.[policy.type])
  for (const element of elements) {
    for (const name of adjustmentsOf(element)) refuse(name, element.element.at, nature.elements)
  }
  if (mutual !== null) refuse('Mutual', properties.get('Mutual')?.key, nature.mutual)
}

/** What changes an element's part; an exclusion only leaves its weights out, which is plain with any split. */
function adjustmentsOf({ weight, floor, cap }: ElementRule): string[] {
  return [...(weight ? ['Weight'] : []), ...(floor ? ['Floor'] : []), ...(cap ? ['Cap'] : [])]
}
