import { expect, it } from 'vitest'
import { inSlices } from './slices'

const days = (count: number, lines: number) => Array.from({ length: count }, (_, index) => ({ index, lines }))

it('hands on every item once, in order, however many lines one has', async () => {
  for (const items of [days(40, 400_000), days(3, 9_000_000), days(5, 0), []]) {
    const seen: number[] = []
    await inSlices(items, async (some) => {
      seen.push(...some.map(({ index }) => index))
      return undefined
    })
    expect(seen).toEqual(items.map(({ index }) => index))
  }
})

it('takes more at a time while that is quick', async () => {
  const sizes: number[] = []
  await inSlices(days(40, 1_000_000), async (some) => {
    sizes.push(some.length)
    return undefined
  })
  expect(sizes.slice(0, 3)).toEqual([2, 4, 8])
})

it('ends where it has seen enough', async () => {
  let slices = 0
  await inSlices(days(40, 1_000_000), async () => {
    slices += 1
    return 'enough'
  })
  expect(slices).toBe(1)
})
