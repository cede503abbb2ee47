import { expect, test } from 'vitest'
import { parseDefinition } from './parse'

const YAML = `Dimensions:
  A: {Source: "Tag:Prodct", Rules: [{Type: GroupBy}, {Type: Group, Name: E, Conditions: [{Source: "Tag:team", Equals: a}]}]}
  B: {Rules: [{Type: Metadata, Sources: ["K8s:Label:ap", x_CostCentre, "Tag:zzz"], Values: [a]}]}
  C: {Disable: true, GroupBy: {Source: "Tag:nobody"}}
  D: {GroupBy: {Source: Service, Conditions: [{Not: [{Source: "Tag:Prodct", After: m}]}]}}`

const known = { tagKeys: ['Product', 'team', 'app'], attributes: new Set(['x_CostCenter', 'x_K8sLabel:app']) }

test('a source that no cost line has is a warning, with the nearest that one has', () => {
  const { definition, errors, warnings } = parseDefinition(YAML, { known })
  expect(errors).toEqual([])
  expect(definition).not.toBeNull()
  expect(warnings.map(({ line, column, path, message }) => `${line}:${column} ${path} ${message}`)).toEqual([
    '2:15 Dimensions.A.Source no cost line has a source `Tag:Prodct`; did you mean `Tag:Product`?',
    '3:42 Dimensions.B.Rules[0].Sources[0] no cost line has a source `K8s:Label:ap`; did you mean `K8s:Label:app`?',
    '3:58 Dimensions.B.Rules[0].Sources[1] no cost line has a source `x_CostCentre`; did you mean `x_CostCenter`?',
    '3:72 Dimensions.B.Rules[0].Sources[2] no cost line has a source `Tag:zzz`',
    '5:63 Dimensions.D.GroupBy.Conditions[0].Not[0].Source no cost line has a source `Tag:Prodct`; did you mean `Tag:Product`?',
  ])
  expect(warnings.map(({ suggestion }) => suggestion)).toEqual([
    'Tag:Product',
    'K8s:Label:app',
    'x_CostCenter',
    undefined,
    'Tag:Product',
  ])
})

test('without knowledge of the cost lines nothing is said of them', () => {
  expect(parseDefinition(YAML).warnings).toEqual([])
})

test('tag keys that are names of an object’s own properties', () => {
  const { warnings } = parseDefinition('Dimensions: {A: {GroupBy: {Sources: ["Tag:__proto__", "Tag:constructor"]}}}', {
    known: { tagKeys: [], attributes: [] },
  })
  expect(warnings).toHaveLength(2)
})
