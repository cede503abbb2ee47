import { expect, test } from 'vitest'
import { findNearest } from './nearest'

test.each([
  ['Nmae', ['Name', 'Type', 'Hide'], 'Name'],
  ['rules', ['Rules', 'Name'], 'Rules'],
  ['Equal', ['Equals', 'Contains'], 'Equals'],
  ['Startswith', ['BeginsWith', 'EndsWith', 'Equals'], null],
  ['Whatever', ['Name', 'Type'], null],
  ['', ['Name'], null],
  ['Name', [], null],
])('%j among %j', (word, candidates, expected) => {
  expect(findNearest({ word, candidates })).toBe(expected)
})
