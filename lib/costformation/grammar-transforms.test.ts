import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestEngine, type TestEngine, type TestLine } from './chdb.test-helper'
import { elementsOfX } from './dimension.test-helper'

/** What each transform makes of a source's value; '-none-' where it leaves none. */
let engine: TestEngine
beforeAll(() => {
  engine = openTestEngine()
})
afterAll(() => engine.close())

const split = (delimiter: string, index: number) =>
  `{Type: Split, Delimiter: ${JSON.stringify(delimiter)}, Index: ${index}}`

test.each<[string, string, string]>([
  ['Lower', 'ProductionResource 1 ÉÀ', 'productionresource 1 éà'],
  ['{Type: Lower}', 'AbC', 'abc'],
  ['Upper', 'the cost types é', 'THE COST TYPES É'],
  ['Title', 'the cost-types OF x', 'The Cost-Types Of X'],
  ['Trim', ' \t the cost types \n', 'the cost types'],
  ['Trim', ' \t\n', '-none-'],
  ['Clean', ' The:Cost!Types ', 'The-Cost-Types'],
  ['Clean', "a.b,c/d#e!f$g%h^i&j*k;l:m=n_o`p~q(r)s't u", 'a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p-q-r-s-t-u'],
  ['Clean', 'a@b+c|d\\e?f"g[h]', 'a@b+c|d\\e?f"g[h]'],
  ['Normalize', 'Production/Resources#4561', 'production-resources-4561'],
  ['Normalize', ' ÉTÉ 日本 ', 'été-日本'],
  [split('/', 1), 'payments/backend', 'payments'],
  [split('/', 2), 'payments/backend', 'backend'],
  [split('/', 3), 'payments/backend', '-none-'],
  [split('/', -1), 'payments/backend/x', 'x'],
  [split('/', -4), 'payments/backend/x', '-none-'],
  [split('-', 2), 'us-west-1', 'west'],
  [split('/', 2), 'a//b', '-none-'],
  [split('::', 2), 'a::b:c', 'b:c'],
  [split("'", 2), "it's", 's'],
  [split('\n', 1), 'a\nb', 'a'],
  [split('日', 2), '昨日今日', '今'],
  [split('/', 1), 'whole', 'whole'],
  [`Lower, ${split('-', 3)}, Upper`, 'US-West-one', 'ONE'],
  [`${split('/', 1)}, Trim`, '  /x', '-none-'],
])('%s of %j', async (transforms, value, expected) => {
  const x = `{DefaultValue: "-none-", GroupBy: {Source: "Tag:t", Transforms: [${transforms}]}}`
  expect(await elementsOfX({ engine, x, lines: [{ 'Tag:t': value }] })).toEqual([expected])
})

test('a transform leaves a line without a value without one', async () => {
  for (const transform of ['Lower', 'Upper', 'Title', 'Trim', 'Clean', 'Normalize', split('/', 1)]) {
    const x = `{GroupBy: {Source: "Tag:t", Transforms: [${transform}]}}`
    expect(await elementsOfX({ engine, x, lines: [{}] })).toEqual([''])
  }
})

test('each source is transformed, or the one that coalescing chose', async () => {
  const lines: TestLine[] = [{ 'Tag:a': 'A/x', 'Tag:b': 'B/y' }, { 'Tag:a': 'A', 'Tag:b': 'B/y' }, { 'Tag:b': 'B/y' }]
  const sources = 'Sources: ["Tag:a", "Tag:b"], Transforms: [Lower, {Type: Split, Delimiter: /, Index: 2}]'
  expect(await elementsOfX({ engine, x: `{GroupBy: {${sources}}}`, lines })).toEqual(['x y', '', ''])
  expect(await elementsOfX({ engine, x: `{GroupBy: {${sources}, CoalesceSources: true}}`, lines })).toEqual([
    'x',
    '',
    'y',
  ])
})
