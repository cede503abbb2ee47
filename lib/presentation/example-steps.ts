import type { CostImport } from '@/lib/contract/costs'
import type { WorkspaceState } from '@/lib/contract/workspace'
import { importProgress } from './import-progress'

export interface ExampleStep {
  title: string
  detail: string
  state: 'done' | 'current' | 'ahead'
}

/** The way of the example, from the upload to the chart; the first step that is not done is the one under way. */
export function exampleSteps({
  bill,
  workspace,
  split,
}: {
  bill: CostImport | undefined
  workspace: WorkspaceState
  /** Whether the allocation is computed; null while it cannot be asked for. */
  split: boolean | null
}): ExampleStep[] {
  const steps = [
    {
      title: 'Import the bill',
      detail: bill ? importProgress(bill).words : 'FOCUS 1.0 sample, September 2024',
      done: bill?.status === 'completed',
    },
    {
      title: 'Save the definitions',
      detail:
        workspace.allocation_dimensions.map((dimension) => dimension.name).join(', ') ||
        'Shared RDS, Split Data Lake, Product',
      done: workspace.definitions && workspace.allocation_dimensions.length > 0,
    },
    {
      title: 'Record the telemetry',
      detail: 'Writes to the database by Email and Messaging',
      done: workspace.telemetry,
    },
    { title: 'Split the cost', detail: 'Each day by the writes of that day', done: split === true },
  ]
  const current = steps.findIndex((step) => !step.done)
  return steps.map(({ title, detail, done }, index) => ({
    title,
    detail,
    state: done ? 'done' : index === current ? 'current' : 'ahead',
  }))
}
