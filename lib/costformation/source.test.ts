import { expect, test } from 'vitest'
import { FOCUS_DECIMAL_COLUMNS, FOCUS_STRING_COLUMNS, FOCUS_TIME_COLUMNS } from './focus-columns'
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
])('the source %j', (text, expected) => {
  expect(parseSource({ text, dimensionIds })).toEqual(expected)
})

test.each([
  ['Acount', 'no source `Acount`; did you mean `Account`?'],
  ['constructor', 'no source `constructor`'],
  ['Tag:', '`tag:` needs the key of a tag'],
  ['User:Defined:product', 'no dimension `product`; did you mean `Product`?'],
  ['User:Defined:Nothing', 'no dimension `Nothing`'],
  [
    'CZ:Defined:Category',
    "`CZ:Defined:Category` is not built yet: CloudZero's own dimensions have to be defined in the document",
  ],
  ['K8s:Label:app', '`K8s:Label:app`: Kubernetes sources are not built yet'],
  ['k8s_namespace:x', '`k8s_namespace:x`: Kubernetes sources are not built yet'],
  ['custom:Product', '`custom:Product` is a filter key; a source names a dimension as `User:Defined:<Id>`'],
  ['Tags', 'write `Tag:<key>` for one tag'],
  ['billedcost', '`BilledCost` is a number or a time; a source is a column of text'],
])('the source %j is refused', (text, error) => {
  expect(parseSource({ text, dimensionIds })).toEqual({ error })
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
  for (const name of FOCUS_STRING_COLUMNS) {
    expect(findFocusColumn(name.toUpperCase())).toBe(name)
    expect(parseFilterKey(name)).toEqual({ kind: 'column', name })
  }
})

test('the columns are those of FOCUS 1.0 to 1.4: 65 of 1.4, and two that it removed', () => {
  const columns = [...FOCUS_STRING_COLUMNS, ...FOCUS_DECIMAL_COLUMNS, ...FOCUS_TIME_COLUMNS, 'Tags']
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
  [{ kind: 'dimension', id: 'Product' }, 'dim_Product'],
])('%j in SQL', (source, sql) => {
  expect(sourceSql(source, { dimensionColumn: (id) => `dim_${id}` })).toBe(sql)
})
