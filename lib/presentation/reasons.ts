import type { UnallocatedReason } from '@/lib/contract/allocations'

export const REASON_WORDS: Record<UnallocatedReason, { short: string; why: string; fix: string }> = {
  no_telemetry: {
    short: 'No telemetry',
    why: 'No telemetry record matched these cost lines in their period, so there was nothing to split them by.',
    fix: 'Send records for this period to the stream: the cost is split again within seconds.',
  },
  zero_weights: {
    short: 'All values are zero',
    why: 'Telemetry arrived for this period, but every value in it is zero, and a share of zero is no share.',
    fix: 'Replace the zero values with what was measured.',
  },
  not_in_dimension: {
    short: 'Not in dimension',
    why: 'No rule of the dimension gave these cost lines an element, and it has no DefaultValue.',
    fix: 'Add a rule that matches them, or a DefaultValue, to the definition.',
  },
}
