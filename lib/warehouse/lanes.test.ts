import { expect, it } from 'vitest'
import { Lanes } from './lanes'

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

it('lends each lane to one at a time, in the order of asking', async () => {
  const lanes = new Lanes(['a', 'b'])
  const log: string[] = []
  const ends = new Map<number, () => void>()
  const job = (id: number) =>
    lanes.run(async (lane) => {
      log.push(`${id} on ${lane}`)
      await new Promise<void>((resolve) => ends.set(id, resolve))
      return id
    })
  const jobs = [1, 2, 3, 4].map(job)
  await turn()
  expect(log).toEqual(['1 on b', '2 on a'])
  ends.get(2)?.()
  await turn()
  expect(log.at(-1)).toBe('3 on a')
  ends.get(1)?.()
  ends.get(3)?.()
  await turn()
  ends.get(4)?.()
  expect(await Promise.all(jobs)).toEqual([1, 2, 3, 4])
})

it('is given back by work that fails', async () => {
  const lanes = new Lanes(['only'])
  await expect(lanes.run(async () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await lanes.run(async (lane) => lane)).toBe('only')
})

it('ends each lane after the work that was asked for before', async () => {
  const lanes = new Lanes(['a', 'b'])
  const log: string[] = []
  const work = [1, 2, 3].map((id) =>
    lanes.run(async () => {
      await turn()
      log.push(`work ${id}`)
    }),
  )
  await lanes.end(async (lane) => {
    log.push(`end ${lane}`)
  })
  await Promise.all(work)
  expect(log.slice(0, 3).sort()).toEqual(['work 1', 'work 2', 'work 3'])
  expect(log.slice(3).sort()).toEqual(['end a', 'end b'])
})
