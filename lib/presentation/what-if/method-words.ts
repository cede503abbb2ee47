import type { MethodsReport, SplitMethod } from '@/lib/contract/what-if'

type Dimensions = MethodsReport['dimensions']

const nameOf = (key: string, dimensions: Dimensions) => dimensions.find(({ id }) => id === key)?.name ?? key

const MUTUAL = {
  Reciprocal: { name: 'Reciprocal', hint: 'Pools hand on to each other until all is with elements that are no pools' },
  StepDown: { name: 'Step-down', hint: 'Pools hand on one after the other, and nobody hands on to those before it' },
  Direct: { name: 'Direct', hint: 'What pools hand on to pools is left out' },
} as const

/** `Now`, `Even`, `By cost of Product`, `By rds-writes`. */
export function methodName(method: SplitMethod | null, dimensions: Dimensions = []): string {
  if (method === null) return 'Now'
  switch (method.type) {
    case 'even':
      return method.across === undefined ? 'Even' : `Even across ${nameOf(method.across, dimensions)}`
    case 'proportional':
      return `By cost of ${nameOf(method.across, dimensions)}`
    case 'stream':
      return `By ${method.stream}`
    case 'fixed':
      return method.weights === undefined ? 'Fixed at the shares before' : 'Fixed'
    case 'mutual':
      return MUTUAL[method.mutual].name
  }
}

/** What a method does, in a sentence. */
export function methodHint(method: SplitMethod | null): string {
  if (method === null) return 'By the definition in force'
  switch (method.type) {
    case 'even':
      return 'The same for each element that the split has in this range'
    case 'proportional':
      return `In proportion to each element’s own cost, ${method.granularity === 'UsageDaily' ? 'day by day' : 'month by month'}`
    case 'stream':
      return 'In proportion to the values of this stream alone'
    case 'fixed':
      return method.weights === undefined
        ? 'By the shares of as much time before this range, the same in every hour'
        : 'By fixed weights, the same in every hour'
    case 'mutual':
      return MUTUAL[method.mutual].hint
  }
}
