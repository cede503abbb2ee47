import { describe, expect, it } from 'vitest'
import { completionContext } from './completion-context'
import { suggest, valuesKey } from './completions'

/** The cursor is at `|`. */
function at(text: string) {
  const cursor = text.indexOf('|')
  return completionContext(text.replace('|', ''), cursor)
}
const DIMENSION = 'Dimensions:\n  Product:\n'
const RULE = `${DIMENSION}    Rules:\n      - Type: Group\n        Name: Email\n`
const property = (text: string) => {
  const context = at(text)
  return context?.wants === 'property' ? context.position : null
}
const value = (text: string) => {
  const context = at(text)
  return context?.wants === 'value' ? context : null
}

describe('what a completion is about', () => {
  it.each([
    ['the top', '|', 'root'],
    ['a new dimension', `${DIMENSION}    |`, 'dimension'],
    ['a property begun', `${DIMENSION}    Name: x\n    Ru|`, 'dimension'],
    ['between properties', `${DIMENSION}    Name: x\n    |\n    Rules: []\n`, 'dimension'],
    ['a property there is', `${DIMENSION}    Na|me: x\n`, 'dimension'],
    ['a rule', `${DIMENSION}    Rules:\n      - |`, 'rule'],
    ['a further property of a rule', `${RULE}        Con|`, 'rule'],
    ['a rule between others', `${RULE}      - |\n      - Type: Group\n`, 'rule'],
    ['a condition', `${RULE}        Conditions:\n          - |`, 'condition'],
    ['under And', `${RULE}        Conditions:\n          - And:\n              - |`, 'condition'],
    ['in flow style', `${DIMENSION}    Rules: [{Type: Group, N|}]`, 'rule'],
    ['in open flow style', `${DIMENSION}    Rules:\n      - {Type: Group, N|`, 'rule'],
    ['a condition in flow style', `${DIMENSION}    Rules:\n      - {Type: Group, Conditions: [{|`, 'condition'],
    ['streams', `${DIMENSION}    AllocateByStreams:\n      |`, 'streams'],
    ['a split by rules', `${DIMENSION}    AllocateByRules:\n      |`, 'allocationRules'],
    ['the map of a method', `${DIMENSION}    AllocateByRules:\n      AllocationMethod:\n        |`, 'method'],
    ['a method in flow style', `${DIMENSION}    AllocateByRules: {AllocationMethod: {Method: Even, |}}`, 'method'],
    ['partitions', `${DIMENSION}    AllocateByRules:\n      ForEachElementOf:\n        |`, 'forEach'],
    ['a gap policy of a list', `${DIMENSION}    Gaps:\n      - {|}`, 'gap'],
    ['a gap policy begun', `${DIMENSION}    Gaps:\n      - Carry: 2\n        |`, 'gap'],
    ['what comes next', `${DIMENSION}    Gaps: {Next: {|}}`, 'next'],
    ['rules of what comes next', `${DIMENSION}    Gaps: [Even, {Next: {AcrossElements: {|}}}]`, 'across'],
    ['an element', `${DIMENSION}    Elements:\n      Email:\n        |`, 'element'],
    ['a limit', `${DIMENSION}    Elements: {Email: {Cap: {|}}}`, 'limit'],
    ['what is set apart', `${DIMENSION}    SetApart:\n      - |`, 'condition'],
    ['conditions of a shorthand', `${DIMENSION}    Groups:\n      Email:\n        - |`, 'condition'],
    ['a transform', `${DIMENSION}    Transforms:\n      - |`, 'transform'],
  ])('%s', (_, text, expected) => {
    expect(property(text)).toBe(expected)
  })

  it.each([
    ['a type', `${DIMENSION}    Type: |`, 'enum'],
    ['a source', `${DIMENSION}    Source: |`, 'source'],
    ['a source begun', `${DIMENSION}    Source: Tag:Pr|`, 'source'],
    ['a quoted source that is not closed', `${DIMENSION}    Source: "Tag:Pr|\n    Rules: []\n`, 'source'],
    ['one of several sources', `${DIMENSION}    Sources:\n      - Service\n      - |`, 'source'],
    ['a flag', `${DIMENSION}    Hide: t|`, 'flag'],
    ['a stream', `${DIMENSION}    AllocateByStreams:\n      Streams:\n        - w|`, 'stream'],
    ['a stream in flow style', `${DIMENSION}    AllocateByStreams: {Streams: [a, |]}`, 'stream'],
    ['a method', `${DIMENSION}    AllocateByRules:\n      AllocationMethod: |`, 'enum'],
    ['a window', `${DIMENSION}    Window: |`, 'enum'],
    ['a gap policy', `${DIMENSION}    Gaps:\n      - |`, 'enum'],
    ['a partition', `${DIMENSION}    AllocateByRules:\n      ForEachElementOf: |`, 'source'],
    ['a value', `${RULE}        Conditions:\n          - Source: Service\n            Equals: |`, 'values'],
    [
      'a value in a list',
      `${RULE}        Conditions:\n          - Source: Service\n            Equals:\n              - |`,
      'values',
    ],
  ])('%s', (_, text, expected) => {
    expect(value(text)?.value.kind).toBe(expected)
  })

  it('knows the sources that a condition inherits, and the values that a list has', () => {
    const inherited = value(
      `${DIMENSION}    Source: Tag:Product\n    Rules:\n      - Type: Group\n        Conditions:\n          - Equals: [email, |]`,
    )
    expect(inherited).toMatchObject({ sources: ['Tag:Product'], siblings: ['email'] })
    const own = value(
      `${DIMENSION}    Source: Tag:Product\n    Rules: [{Conditions: [{Sources: [Service, "Tag:a"], Equals: |}]}]`,
    )
    expect(own?.sources).toEqual(['Service', 'Tag:a'])
  })

  it.each([
    ['a comment', `${DIMENSION}    # Na|`],
    ['the id of a dimension', 'Dimensions:\n  |'],
    ['the name of an element', `${DIMENSION}    Elements:\n      |`],
    ['what the grammar does not have', `${DIMENSION}    Nonsense:\n      - |`],
    ['the rest of a text', `${DIMENSION}    Name: Email |more`],
  ])('offers nothing in %s', (_, text) => {
    const context = at(text)
    expect(context === null || (context.wants === 'value' && context.value.kind === 'text')).toBe(true)
  })

  it('replaces the whole token, its quotes included', () => {
    const text = `${DIMENSION}    Source: "Tag:Pr|od"\n`
    const context = at(text)
    const plain = text.replace('|', '')
    expect(plain.slice(context?.from, context?.to)).toBe('"Tag:Prod"')
    expect(context?.typed).toBe('Tag:Pr')
  })
})

describe('what is suggested', () => {
  const vocabulary = {
    tagKeys: ['Product', 'a: b'],
    attributes: ['x_Team'],
    dimensions: [{ id: 'SharedRDS', name: 'Shared RDS' }],
    streams: ['writes'],
  }
  const suggestions = (text: string, values: { value: string; detail: string }[] = []) => {
    const context = at(text)
    return context === null ? [] : suggest({ context, vocabulary, values })
  }

  it('leaves out what is there already', () => {
    const labels = suggestions(`${DIMENSION}    Name: x\n    |`).map(({ label }) => label)
    expect(labels).toContain('Rules')
    expect(labels).not.toContain('Name')
  })

  it('opens what is nested, indented as its place is', () => {
    const rules = suggestions(`${DIMENSION}    |`).find(({ label }) => label === 'Rules')
    expect(rules?.insert).toBe('Rules:\n      - ')
    const inRule = suggestions(`${DIMENSION}    Rules:\n      - |`).find(({ label }) => label === 'Conditions')
    expect(inRule?.insert).toBe('Conditions:\n          - ')
  })

  it('quotes what YAML would read as something else', () => {
    const sources = suggestions(`${DIMENSION}    Source: |`)
    expect(sources.find(({ label }) => label === 'Tag:Product')?.insert).toBe('Tag:Product')
    expect(sources.find(({ label }) => label === 'Tag:a: b')?.insert).toBe('"Tag:a: b"')
    expect(sources.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['Service', 'User:Defined:SharedRDS', 'x_Team', 'SkuId']),
    )
    const values = suggestions(`${RULE}        Conditions: [{Source: Service, Equals: |`, [
      { value: '007', detail: '' },
      { value: 'true', detail: '' },
      { value: 'a, b', detail: '' },
    ])
    expect(values.map(({ insert }) => insert)).toEqual(['"007"', '"true"', '"a, b"'])
  })

  it('asks for values by the key of a query', () => {
    expect(valuesKey('Tag:Product', vocabulary.dimensions)).toBe('tag:Product')
    expect(valuesKey('Service', vocabulary.dimensions)).toBe('Service')
    expect(valuesKey('User:Defined:SharedRDS', vocabulary.dimensions)).toBe('custom:Shared RDS')
    expect(valuesKey('User:Defined:Gone', vocabulary.dimensions)).toBeNull()
  })
})
