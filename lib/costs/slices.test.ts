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

it('shares what is left among those that go on at once', async () => {
  const sizes: number[] = []
  let most = 0
  let running = 0
  await inSlices(
    days(31, 100_000),
    async (some) => {
      sizes.push(some.length)
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setImmediate(resolve))
      running -= 1
      return undefined
    },
    { first: 2_000_000, most: 2_000_000, least: 0, atOnce: 2 },
  )
  expect(sizes).toEqual([15, 16])
  expect(most).toBe(2)
})

it('begins nothing after an error, and waits for what goes on', async () => {
  const ended: number[] = []
  let hasFailed = () => {}
  const failure = new Promise<void>((resolve) => {
    hasFailed = resolve
  })
  const work = async ([item]: { index: number }[]) => {
    if (item?.index === 0) {
      hasFailed()
      throw new Error('the first')
    }
    await failure
    ended.push(item?.index ?? -1)
    return undefined
  }
  await expect(inSlices(days(9, 1), work, { first: 1, most: 1, atOnce: 2 })).rejects.toThrow('the first')
  expect(ended).toEqual([1])
})
