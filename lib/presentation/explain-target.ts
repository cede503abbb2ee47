/** What an explanation is asked for: one element's amount, or the part that nothing claims. */
export type ExplainTarget = { kind: 'element'; element: string } | { kind: 'unallocated' }

export function serializeTarget(target: ExplainTarget): string {
  return target.kind === 'unallocated' ? 'unallocated' : `element:${target.element}`
}

export function parseTarget(value: string | null): ExplainTarget | null {
  if (value === null) return null
  if (value === 'unallocated') return { kind: 'unallocated' }
  return value.startsWith('element:') ? { kind: 'element', element: value.slice('element:'.length) } : null
}
