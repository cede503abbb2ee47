import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { database } from '../db/client'
import { ask, byStreams, costs, DB, db, type LabRecord, load, send, settled, stream } from './allocation-lab'
import { explain } from './explain-lab'
import { useWorkspace } from './workspace'

const DAYS = ['2024-09-05', '2024-10-05']

/** A has this many of B's one, on both days alike. */
const ratio = (times: number): LabRecord[] =>
  DAYS.flatMap((day): LabRecord[] => [
    [day, 'A', times, DB],
    [day, 'B', 1, DB],
  ])

describe('while results change', () => {
  useWorkspace()

  it('a reader sees one run or the next, never half of one', { timeout: 240_000 }, async () => {
    const name = await stream(ratio(1))
    const over = '  Over: {Name: Over, GroupBy: {Source: "User:Defined:Split"}}\n'
    await load({ lines: DAYS.map((day) => db(day, '100', { region: 'x' })), yaml: byStreams(name, '', over) })
    await settled()
    // 1 of 2 is 100 of both days, 3 of 4 is 150: one day of each would be 125.
    const known = { '100': '100', '150': '50' }
    const seen = new Set<string>()
    let isOver = false
    const check = (amounts: Record<string, string | undefined>) => {
      const { A = '', B = '' } = amounts
      expect(known).toMatchObject({ [A]: B })
      seen.add(A)
    }
    const rowsOf = async (dimension: string, group_by: string[] = []) => {
      const report = await ask(dimension, { group_by })
      return Object.fromEntries(report.rows.map(({ element, amount }) => [element, amount ?? undefined]))
    }
    const readers = [
      async () => check(await rowsOf('Split')),
      async () => check(await rowsOf('Split', ['region'])),
      async () => check(await rowsOf('Over')),
      async () => {
        const { amount, parts } = await explain('Split', { element: 'A' })
        expect(Object.keys(known)).toContain(amount)
        expect(new Set(parts.map((part) => part.amount)).size).toBe(1)
      },
    ].map(async (read) => {
      let reads = 0
      for (; !isOver; reads++) {
        await read()
        // Answers that are kept ask nothing of the outside: others would have no turn.
        await setImmediate()
      }
      return reads
    })
    const { prisma } = await database()
    const before = await prisma.allocationRun.count()
    const writer = (async () => {
      for (let turn = 0; turn < 8; turn++) {
        await send(name, 'DAILY', ratio(turn % 2 === 0 ? 3 : 1), 'replace')
        await settled()
      }
    })().finally(() => {
      isOver = true
    })
    const [, ...reads] = await Promise.all([writer, ...readers])
    for (const count of reads) expect(count).toBeGreaterThan(3)
    expect((await prisma.allocationRun.count()) - before).toBeGreaterThanOrEqual(8)
    expect([...seen].sort()).toEqual(['100', '150'])
    check(await costs('custom:Split'))
  })
})
