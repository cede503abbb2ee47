import { expect, test } from 'vitest'
import { FOCUS_COLUMNS } from './focus-columns'
import { findFocusColumn, findNative, NATIVE_NAMES } from './natives'
import { canonicalFilterKey, parseFilterKey, parseSource, type Source, sourceSql } from './source'

const dimensionIds = new Set(['Product', 'Team'])

test.each<[string, Source]>([
  ['Account', { kind: 'native', name: 'Account' }],
  ['accounts', { kind: 'native', name: 'Account' }],
  ['CloudProvider', { kind: 'native', name: 'CloudProvider' }],
  ['cloud_providers', { kind: 'native', name: 'CloudProvider' }],
  ['ServiceCategory', { kind: 'column', name: 'ServiceCategory' }],
  ['service_categories', { kind: 'column', name: 'ServiceCategory' }],
  ['regionid', { kind: 'column', name: 'RegionId' }],
  ['x_UsageType', { kind: 'attribute', key: 'x_UsageType' }],
  ['UsageType', { kind: 'native', name: 'UsageType' }],
  ['Tag:a:b', { kind: 'tag', key: 'a:b' }],
  ['tag: line\nbreak ', { kind: 'tag', key: ' line\nbreak ' }],
  ['User:Defined:Product', { kind: 'dimension', id: 'Product' }],
  ['CZ:Defined:Team', { kind: 'dimension', id: 'Team' }],
  ['CZ:Defined:Service', { kind: 'native', name: 'Service' }],
  ['CZ:Defined:ServiceCategory', { kind: 'column', name: 'ServiceCategory' }],
  ['K8s:Cluster', { kind: 'native', name: 'K8s:Cluster' }],
  ['k8s_namespaces', { kind: 'native', name: 'K8s:Namespace' }],
  ['k8s_workload:', { kind: 'native', name: 'K8s:Workload' }],
  ['K8s:Label:chain.link/team', { kind: 'label', key: 'chain.link/team' }],
  ['k8s_label:app', { kind: 'label', key: 'app' }],
  ['billedcost', { kind: 'column', name: 'BilledCost' }],
  ['ChargePeriodStart', { kind: 'column', name: 'ChargePeriodStart' }],
  ['UsageDay', { kind: 'native', name: 'UsageDay' }],
  ['InvoiceID', { kind: 'column', name: 'InvoiceId' }],
  ['PrincipalId', { kind: 'attribute', key: 'x_PrincipalId' }],
  ['AllocatedServiceName', { kind: 'attribute', key: 'x_AllocatedServiceName' }],
])('the source %j', (text, expected) => {
  expect(parseSource({ text, dimensionIds })).toEqual(expected)
})

test('`CZ:Defined:X` is the dimension that overrides X, except to itself', () => {
  const overrides = new Map([
    ['Service', 'Product'],
    ['Category', 'Team'],
  ])
  const read = (text: string, dimensionId: string) => parseSource({ text, dimensionIds, overrides, dimensionId })
  expect(read('CZ:Defined:Service', 'Team')).toEqual({ kind: 'dimension', id: 'Product' })
  expect(read('CZ:Defined:Service', 'Product')).toEqual({ kind: 'native', name: 'Service' })
  expect(read('CZ:Defined:Category', 'Product')).toEqual({ kind: 'dimension', id: 'Team' })
  expect(read('CZ:Defined:Category', 'Team')).toEqual({
    error: '`CZ:Defined:Category` is this dimension itself, and there is no built-in one to read',
  })
})

test.each([
  ['Acount', 'no source `Acount`; did you mean `Account`?', 'Account'],
  ['BiledCost', 'no source `BiledCost`; did you mean `BilledCost`?', 'BilledCost'],
  ['Product', 'no source `Product`; did you mean `User:Defined:Product`?', 'User:Defined:Product'],
  ['constructor', 'no source `constructor`', undefined],
  ['Tag:', '`tag:` needs the key of a tag', undefined],
  ['User:Defined:product', 'no dimension `product`; did you mean `Product`?', 'User:Defined:Product'],
  ['User:Defined:Nothing', 'no dimension `Nothing`', undefined],
  [
    'CZ:Defined:Category',
    'no built-in dimension `Category`, and none here that says `Override: CZ:Defined:Category`',
    undefined,
  ],
  [
    'CZ:Defined:Servce',
    'no built-in dimension `Servce`, and none here that says `Override: CZ:Defined:Servce`; did you mean `Service`?',
    'CZ:Defined:Service',
  ],
  ['K8s:Label:', '`K8s:Label:` needs the name of a label: `K8s:Label:app`', undefined],
  ['K8s:Namspace', 'no source `K8s:Namspace`; did you mean `K8s:Namespace`?', 'K8s:Namespace'],
  ['k8s_namespace:x', '`k8s_namespace:x`: write `K8s:Namespace`, and `x` as a value of it', 'K8s:Namespace'],
  ['custom:Product', '`custom:Product` is a filter key; a source names a dimension as `User:Defined:<Id>`', undefined],
  ['Tags', 'write `Tag:<key>` for one tag', undefined],
])('the source %j is refused', (text, error, suggestion) => {
  expect(parseSource({ text, dimensionIds })).toEqual({ error, suggestion })
})

test.each([
  ['Accounts', 'account'],
  ['SERVICES', 'service'],
  ['CloudProvider', 'cloud_provider'],
  ['cloud_providers', 'cloud_provider'],
  ['servicename', 'ServiceName'],
  ['TAG:owner', 'tag:owner'],
  ['tag:Owner', 'tag:Owner'],
  ['Custom:Shared RDS', 'custom:Shared RDS'],
  ['x_Operation', 'x_Operation'],
  ['K8s:Cluster', 'k8s_cluster'],
  ['k8s_labels:app', 'k8s_label:app'],
  ['usageday', 'usage_day'],
  ['nonsense', 'nonsense'],
])('the filter key %j is spelt %j', (key, canonical) => {
  expect(canonicalFilterKey(key)).toBe(canonical)
  expect(canonicalFilterKey(canonical)).toBe(canonical)
})

test('a filter names a dimension by its display name', () => {
  expect(parseFilterKey('custom:Shared RDS')).toEqual({ kind: 'dimensionName', name: 'Shared RDS' })
  expect(parseFilterKey('custom:')).toEqual({ error: '`custom:` needs the name of a dimension' })
  expect(parseFilterKey('User:Defined:X')).toEqual({
    error: '`User:Defined:X`: a filter names a dimension as `custom:<Name>`',
  })
})

test('every native and column is found by its own name and by its canonical key', () => {
  for (const name of NATIVE_NAMES) {
    expect(findNative(name)).toBe(name)
    expect(parseFilterKey(canonicalFilterKey(name))).toEqual({ kind: 'native', name })
  }
  for (const name of FOCUS_COLUMNS) {
    expect(findFocusColumn(name.toUpperCase())).toBe(name)
    expect(parseFilterKey(name)).toEqual({ kind: 'column', name })
  }
})

test('the columns are those of FOCUS 1.0 to 1.4: 65 of 1.4, and two that it removed', () => {
  const columns = [...FOCUS_COLUMNS, 'Tags']
  expect(new Set(columns).size).toBe(67)
  expect(columns).toHaveLength(67)
})

test.each<[Source, string]>([
  [{ kind: 'native', name: 'Account' }, "if(SubAccountId != '', SubAccountId, BillingAccountId)"],
  [{ kind: 'native', name: 'Service' }, 'ServiceName'],
  [{ kind: 'native', name: 'Operation' }, "Attributes['x_Operation']"],
  [{ kind: 'column', name: 'SkuId' }, 'SkuId'],
  [{ kind: 'attribute', key: "it's" }, "Attributes['it\\'s']"],
  [{ kind: 'tag', key: "it's" }, "Tags['it\\'s']"],
  [{ kind: 'label', key: "it's" }, "Attributes['x_K8sLabel:it\\'s']"],
  [{ kind: 'column', name: 'BilledCost' }, "ifNull(toString(BilledCost), '')"],
  [
    { kind: 'native', name: 'K8s:Cluster' },
    "if(Attributes['x_K8sCluster'] != '', Attributes['x_K8sCluster'], Tags['aws:eks:cluster-name'])",
  ],
  [{ kind: 'dimension', id: 'Product' }, 'dim_Product'],
])('%j in SQL', (source, sql) => {
  expect(sourceSql(source, { dimensionColumn: (id) => `dim_${id}` })).toBe(sql)
})
