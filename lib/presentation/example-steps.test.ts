import { expect, test } from 'vitest'
import type { WorkspaceState } from '@/lib/contract/workspace'
import { exampleSteps } from './example-steps'

const workspace: WorkspaceState = {
  costs: true,
  definitions: true,
  allocation_dimensions: [{ id: 'a', name: 'Split' }],
  streams: 1,
  telemetry: true,
  import_running: false,
  first_day: null,
  last_day: null,
}

test('the first step that is not done is under way, later ones may be done before it', () => {
  const states = exampleSteps({ bill: undefined, workspace, split: null }).map((step) => step.state)
  expect(states).toEqual(['current', 'done', 'done', 'ahead'])
})
