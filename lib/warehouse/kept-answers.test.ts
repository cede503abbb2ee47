import { describe, expect, test } from 'vitest'
import { KeptAnswers } from './kept-answers'

function counted(size = 10) {
  const kept = new KeptAnswers({ most: 40, largest: 30 })
  const read: string[] = []
  const ask = (statement: string) =>
    kept.get(statement, async () => {
      read.push(statement)
      return `of ${statement}`.padEnd(size)
    })
  return { kept, read, ask }
}

describe('answers that are kept', () => {
  test('are read once, also by those who ask at the same time', async () => {
    const { read, ask } = counted()
    expect(await Promise.all([ask('a'), ask('a'), ask('b')])).toEqual(['of a      ', 'of a      ', 'of b      '])
    expect(await ask('a')).toBe('of a      ')
    expect(read).toEqual(['a', 'b'])
  })

  test('make room, the least lately asked first', async () => {
    const { read, ask } = counted()
    for (const statement of ['a', 'b', 'c', 'a', 'd']) await ask(statement)
    expect(read).toEqual(['a', 'b', 'c', 'd'])
    await ask('a')
    await ask('b')
    expect(read).toEqual(['a', 'b', 'c', 'd', 'b'])
  })

  test('are not kept where they are large, or an error', async () => {
    const { read, ask } = counted(31)
    await ask('a')
    await ask('a')
    expect(read).toEqual(['a', 'a'])
    const kept = new KeptAnswers({ most: 40, largest: 30 })
    const fail = () => kept.get('x', () => Promise.reject(new Error('no')))
    await expect(fail()).rejects.toThrow('no')
    expect(await kept.get('x', async () => 'yes')).toBe('yes')
  })
})
