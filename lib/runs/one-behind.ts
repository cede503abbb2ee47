/** Work that goes on while the next is prepared, one at a time; its error shows at the next, or at the end. */
export class OneBehind {
  #last: Promise<void> = Promise.resolve()
  #failure: { error: unknown } | null = null

  /** Begins the work as soon as the work before it is over. */
  async begin(work: () => Promise<void>): Promise<void> {
    await this.end()
    this.#last = work().catch((error: unknown) => {
      this.#failure = { error }
    })
  }

  /** Throws what the work threw. */
  async end(): Promise<void> {
    await this.settle()
    if (this.#failure) throw this.#failure.error
  }

  /** Nothing runs any more. */
  settle(): Promise<void> {
    return this.#last
  }
}
