/** Lends one thing of several to whoever asks, each to one at a time, in the order of asking. */
export class Lanes<Lane> {
  readonly #lanes: readonly Lane[]
  readonly #free: Lane[]
  readonly #waiting: ((lane: Lane) => void)[] = []

  constructor(lanes: readonly Lane[]) {
    this.#lanes = lanes
    this.#free = [...lanes]
  }

  async run<T>(work: (lane: Lane) => Promise<T>): Promise<T> {
    const lane = await this.#take()
    try {
      return await work(lane)
    } finally {
      this.#giveBack(lane)
    }
  }

  /** Does the work with each, once it has done what was asked of it before; none is lent again. */
  async end(work: (lane: Lane) => Promise<void>): Promise<void> {
    const taken = await Promise.all(this.#lanes.map(() => this.#take()))
    for (const lane of taken) await work(lane)
  }

  #take(): Promise<Lane> {
    const lane = this.#free.pop()
    return lane === undefined ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve(lane)
  }

  #giveBack(lane: Lane): void {
    const next = this.#waiting.shift()
    if (next) next(lane)
    else this.#free.push(lane)
  }
}
