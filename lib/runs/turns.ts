import { Lanes } from '../warehouse/lanes'

/** As many statements of a run go on at once: one of the embedded engine's lanes stays free for readers. */
export const AT_ONCE = 2

/** When a run's statements have their turn. */
export class Turns {
  readonly #all = new Lanes(Array.from({ length: AT_ONCE }, (_, lane) => lane))
  /** Amounts take the most memory, so that they are stored one statement at a time. */
  readonly #amounts = new Lanes([0])

  cells(work: () => Promise<void>): Promise<void> {
    return this.#all.run(work)
  }

  amounts(work: () => Promise<void>): Promise<void> {
    return this.#amounts.run(() => this.#all.run(work))
  }
}
