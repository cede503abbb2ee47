import { expect, it } from 'vitest'
import { OneBehind } from './one-behind'

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

it('begins the next only when the one before is over, and does not wait for it', async () => {
  const behind = new OneBehind()
  const log: string[] = []
  const work = (name: string) => async () => {
    log.push(`${name} begins`)
    await turn()
    log.push(`${name} ends`)
  }
  await behind.begin(work('a'))
  log.push('meanwhile')
  await behind.begin(work('b'))
  await behind.end()
  expect(log).toEqual(['a begins', 'meanwhile', 'a ends', 'b begins', 'b ends'])
})

it('shows an error at the next step and at the end', async () => {
  const behind = new OneBehind()
  await behind.begin(() => Promise.reject(new Error('no')))
  await behind.settle()
  let isBegun = false
  const next = behind.begin(async () => {
    isBegun = true
  })
  await expect(next).rejects.toThrow('no')
  await expect(behind.end()).rejects.toThrow('no')
  expect(isBegun).toBe(false)
})
