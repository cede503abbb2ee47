import type { UnallocatedReason } from '@/lib/contract/allocations'

export const REASON_WORDS: Record<UnallocatedReason, { short: string; why: string }> = {
  no_telemetry: {
    short: 'No telemetry',
    why: 'No telemetry record matched these cost lines in their period, so there was nothing to split them by.',
  },
  zero_weights: {
    short: 'All values are zero',
    why: 'Telemetry arrived for this period, but every value in it is zero, and a share of zero is no share.',
  },
  not_in_dimension: {
    short: 'Not in dimension',
    why: 'No rule of the dimension gave these cost lines an element, and it has no DefaultValue.',
  },
  no_drivers: {
    short: 'Nothing to go by',
    why: 'The rule found no cost of the elements above zero in this period, so there were no proportions to split by.',
  },
  not_claimed: {
    short: 'Not claimed',
    why: 'The fixed percentages of the definition come to less than 100, and this is what they leave.',
  },
  excluded: {
    short: 'All excluded',
    why: 'Every element that has a value in this period is excluded by the definition.',
  },
  set_apart: {
    short: 'Set apart',
    why: 'The definition sets these cost lines apart: they belong to the pool, and are not split.',
  },
  capped: {
    short: 'All at their caps',
    why: 'Every element pays as much as its cap allows, and this is what is left.',
  },
}
