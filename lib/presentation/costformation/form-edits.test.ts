import { describe, expect, it } from 'vitest'
import { readForm } from './definition-form'
import {
  addDimension,
  addToList,
  changeInList,
  type FormEdit,
  idFor,
  newDimension,
  removeFromList,
  renameDimension,
  setFlag,
  setText,
} from './form-edits'
import { insertItem } from './insert-edit'
import { removeAt } from './remove-edit'
import { applyChanges } from './text-change'
import { moveAt, tryEdit } from './text-edit'
import { openSource } from './yaml-places'

const DOCUMENT = `# Who owns what.
Dimensions:
  # The first.
  Shared: # beside its id
    Name: 'Shared RDS'
    DefaultValue: Not Shared
    Odd: {kept: [as, it, is]} # an unknown property
    Rules:
      - Type: Group
        Name: Lake
        Conditions:
          # databases
          - {Source: Service, Equals: Amazon RDS}
          - Source: "Tag:owner" # who
            Equals:
              - email   # one
              - chat
          - ForDateRange: {From: 2024-01-01}
      - {Type: Metadata, Source: Service, Values: []}

  Product:
    Rules:
      - {Type: GroupBy, Source: "User:Defined:Shared"}
`
const form = (text: string) => {
  const source = openSource(text)
  const found = source && readForm(source)
  if (!found) throw new Error('no form')
  return found
}
const [shared] = form(DOCUMENT)
const rule = shared?.rules[0]
function edit(made: FormEdit, text = DOCUMENT): string {
  const changes = tryEdit(text, made)
  if (changes === null) throw new Error('cannot be edited')
  return applyChanges(text, changes)
}
/** Lines that are in the one and not in the other. */
function changedLines(edited: string, before = DOCUMENT): { gone: string[]; come: string[] } {
  const [old, next] = [before.split('\n'), edited.split('\n')]
  const only = (a: string[], b: string[]) => a.filter((line) => !b.includes(line)).map((line) => line.trim())
  return { gone: only(old, next), come: only(next, old) }
}

describe('the form of a document', () => {
  it('shows what it can, and the rest as it is written', () => {
    expect(form(DOCUMENT).map(({ id }) => id)).toEqual(['Shared', 'Product'])
    expect(shared).toMatchObject({ name: 'Shared RDS', defaultValue: 'Not Shared', type: 'Grouping' })
    expect(shared?.others).toEqual([{ name: 'Odd', yaml: 'Odd: {kept: [as, it, is]}', line: 7 }])
    expect(rule?.conditions.map(({ kind }) => kind)).toEqual(['comparison', 'comparison', 'other'])
    expect(rule?.conditions[1]).toMatchObject({
      sources: { values: ['Tag:owner'] },
      values: { values: ['email', 'chat'], single: false },
    })
    expect(rule?.conditions[2]?.snippet.yaml).toBe('ForDateRange: {From: 2024-01-01}')
    expect(shared?.rules[1]?.type).toBe('other')
  })

  it.each(['', '# nothing yet\n', 'Dimensions:\n', 'Dimensions: {}\n'])('is empty for %j, and can be begun', (text) => {
    expect(form(text)).toEqual([])
    const begun = edit(addDimension({ id: 'New', value: newDimension('Grouping', 'New one') }), text)
    expect(form(begun)).toMatchObject([{ id: 'New', name: 'New one' }])
    expect(begun).toContain(text.includes('#') ? '# nothing yet' : '')
  })

  it('is none for what is no definition', () => {
    const source = openSource('just a text')
    expect(source && readForm(source)).toBeNull()
  })
})

describe('edits by the form', () => {
  it('change one line for one property', () => {
    const renamed = edit(setText({ path: ['Dimensions', 'Shared'], key: 'Name', value: 'Data: lake' }))
    expect(changedLines(renamed)).toEqual({ gone: ["Name: 'Shared RDS'"], come: ['Name: "Data: lake"'] })
    const named = edit(setText({ path: ['Dimensions', 'Product'], key: 'Name', value: 'Product' }))
    expect(changedLines(named)).toEqual({ gone: [], come: ['Name: Product'] })
    const without = edit(setText({ path: ['Dimensions', 'Shared'], key: 'DefaultValue', value: '' }))
    expect(changedLines(without)).toEqual({ gone: ['DefaultValue: Not Shared'], come: [] })
    expect(changedLines(edit(setFlag({ path: ['Dimensions', 'Shared'], key: 'Hide', value: true })))).toEqual({
      gone: [],
      come: ['Hide: true'],
    })
  })

  it('add to a list, change it, and take out of it', () => {
    const [first, second] = rule?.conditions ?? []
    if (!first || !second) throw new Error('no conditions')
    const equals = { path: second.path, list: second.values, one: 'Equals', many: 'Equals' }
    expect(changedLines(edit(addToList(equals, '007'))).come).toEqual(['- "007"'])
    expect(changedLines(edit(changeInList(equals, 0, 'mail')))).toEqual({
      gone: ['- email   # one'],
      come: ['- mail   # one'],
    })
    expect(changedLines(edit(removeFromList(equals, 1)))).toEqual({ gone: ['- chat'], come: [] })
    const sources = { path: first.path, list: first.sources, one: 'Source', many: 'Sources' }
    expect(changedLines(edit(addToList(sources, 'Tag:a'))).come).toEqual([
      '- {Sources: [Service, Tag:a], Equals: Amazon RDS}',
    ])
  })

  it('add, move and remove rules with their comments', () => {
    const rules = ['Dimensions', 'Shared', 'Rules']
    const added = edit((source) => insertItem(source, rules, { Type: 'GroupBy', Source: 'Service' }))
    expect(changedLines(added)).toEqual({ gone: [], come: ['- Type: GroupBy', 'Source: Service'] })
    const moved = edit((source) => moveAt(source, [...rules, 0], 1))
    expect(form(moved)[0]?.rules.map(({ type }) => type)).toEqual(['other', 'Group'])
    expect(changedLines(moved)).toEqual({ gone: [], come: [] })
    const removed = edit((source) => removeAt(source, [...rules, 0, 'Conditions', 0]))
    expect(changedLines(removed)).toEqual({
      gone: ['# databases', '- {Source: Service, Equals: Amazon RDS}'],
      come: [],
    })
  })

  it('rename a dimension together with what names it, and refuse an id that is taken', () => {
    const renamed = edit(renameDimension('Shared', 'Pool'))
    expect(changedLines(renamed)).toEqual({
      gone: ['Shared: # beside its id', '- {Type: GroupBy, Source: "User:Defined:Shared"}'],
      come: ['Pool: # beside its id', '- {Type: GroupBy, Source: "User:Defined:Pool"}'],
    })
    expect(tryEdit(DOCUMENT, renameDimension('Shared', 'Product'))).toBeNull()
  })

  it('make ids of names', () => {
    expect(idFor('shared data lake', [])).toBe('SharedDataLake')
    expect(idFor('Product', form(DOCUMENT))).toBe('Product2')
    expect(idFor('!!!', [])).toBe('Dimension')
  })
})

describe('a split that is more than streams', () => {
  const SPLIT = `Dimensions:
  Split:
    Type: Allocation
    # who pays
    AllocateByRules:
      AllocationMethod: {Method: Fixed, Percentages: {Email: 33.30}} # agreed
      SpendToAllocate: {Conditions: [{Source: "User:Defined:Pool", HasValue: true}]}
    Gaps: [{Carry: 24}]
  Rated:
    Type: Allocation
    AllocateByStreams:
      Streams: [s]
      Rate: {Type: Fixed, Value: 0.10, DefaultElement: Rest}
  Plain: {Type: Allocation, AllocateByStreams: {Streams: [s]}}
  Pool: {GroupBy: {Source: Service}}
`

  it('is shown as the YAML that it is, and offers no list of streams', () => {
    expect(form(SPLIT).map(({ streams, others }) => [streams?.values, others.map(({ name }) => name)])).toEqual([
      [undefined, ['AllocateByRules', 'Gaps']],
      [undefined, ['AllocateByStreams']],
      [['s'], []],
      [[], ['GroupBy']],
    ])
  })

  it('keeps its text while what is around it is edited', () => {
    const named = edit(setText({ path: ['Dimensions', 'Split'], key: 'Name', value: 'Shared', after: 'Type' }), SPLIT)
    expect(changedLines(named, SPLIT)).toEqual({ gone: [], come: ['Name: Shared'] })
    const renamed = edit(renameDimension('Pool', 'Lake'), SPLIT)
    expect(renamed).toBe(SPLIT.replace('User:Defined:Pool', 'User:Defined:Lake').replace('  Pool:', '  Lake:'))
  })
})
