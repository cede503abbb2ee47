import type { WorkspaceState } from '@/lib/contract/workspace'

export interface ChecklistStep {
  key: 'bill' | 'definitions' | 'telemetry'
  title: string
  hint: string
  href: string
  action: string
  done: boolean
}

/** What a split needs, and how much of it is there. */
export function prepareChecklist(state: WorkspaceState): ChecklistStep[] {
  return [
    {
      key: 'bill',
      title: 'A bill',
      hint: state.import_running
        ? 'An import is running.'
        : 'A FOCUS export of your cloud cost, of any size. It stays on this machine.',
      href: '/costs?upload=1',
      action: 'Upload a bill',
      done: state.costs,
    },
    {
      key: 'definitions',
      title: 'Definitions',
      hint: 'A few lines of YAML that say which costs are shared, and by what they are split.',
      href: '/dimensions',
      action: 'Write definitions',
      done: state.definitions && state.allocation_dimensions.length > 0,
    },
    {
      key: 'telemetry',
      title: 'Telemetry',
      hint: 'How much each product, team or customer used: by curl, by CSV, or from what already sends it.',
      href: '/streams',
      action: 'Define a stream',
      done: state.telemetry,
    },
  ]
}

/** Whether the overview has a split to show. */
export function hasSplit(state: WorkspaceState): boolean {
  return state.costs && state.allocation_dimensions.length > 0
}
