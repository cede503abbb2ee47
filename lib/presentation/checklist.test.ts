import { expect, test } from 'vitest'
import type { WorkspaceState } from '@/lib/contract/workspace'
import { hasSplit, prepareChecklist } from './checklist'

const empty: WorkspaceState = {
  costs: false,
  definitions: false,
  allocation_dimensions: [],
  streams: 0,
  telemetry: false,
  import_running: false,
  first_day: null,
  last_day: null,
}
const split = { definitions: true, allocation_dimensions: [{ id: 'a', name: 'A' }] }

test.each([
  [empty, [false, false, false], false],
  [{ ...empty, costs: true, definitions: true }, [true, false, false], false],
  [{ ...empty, ...split }, [false, true, false], false],
  [{ ...empty, ...split, costs: true }, [true, true, false], true],
  [{ ...empty, ...split, costs: true, telemetry: true }, [true, true, true], true],
])('workspace %#', (state, done, ready) => {
  expect(prepareChecklist(state).map((step) => step.done)).toEqual(done)
  expect(hasSplit(state)).toBe(ready)
})
