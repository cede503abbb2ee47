import { expect, test } from 'vitest'
import type { CostKey } from '@/lib/contract/explorer'
import { backTo, drillInto, groupName, readTrail } from './drill'

const keys: CostKey[] = [
  { key: 'custom:Product', label: 'Product', kind: 'dimension', child: 'custom:Team' },
  { key: 'custom:Team', label: 'Team', kind: 'dimension', child: null },
  { key: 'service', label: 'Service', kind: 'column', child: null },
]

test('down by a dimension’s child, then by the usual keys, and back', () => {
  const top = { group: ['custom:Product'], filter: ['region=eu'], trail: [] }
  const team = drillInto({ state: top, group: ['Email'], keys })
  expect(team.group).toEqual(['custom:Team'])
  expect(team.filter).toEqual(['region=eu', 'custom:Product=Email'])
  const service = drillInto({ state: team, group: [null], keys })
  expect(service.group).toEqual(['service'])
  expect(service.filter).toEqual(['region=eu', 'custom:Product=Email', 'custom:Team='])
  expect(readTrail(service.trail).map(({ label }) => label)).toEqual(['Product', 'Team'])
  expect(backTo(service.trail, 0)).toEqual(top)
  expect(backTo(service.trail, 1)).toEqual(team)
  const account = drillInto({ state: service, group: ['RDS'], keys })
  expect(account.group).toEqual(['account'])
})

test('with several keys, all of the group’s values', () => {
  const state = { group: ['service', 'tag:env'], filter: ['service=A', 'service=B'], trail: [] }
  expect(drillInto({ state, group: ['A', null], keys })).toMatchObject({
    filter: ['service=A', 'tag:env='],
    group: ['account'],
  })
  expect(groupName(['A', null], state.group, keys)).toBe('A · No tag: env')
})

test('an edited address loses the step, not the page', () => {
  expect(readTrail(['{', '["a"]', '["a",["b"],["c"]]'])).toEqual([{ label: 'a', group: ['b'], filter: ['c'] }])
})
