interface Kept {
  answer: Promise<string>
  size: number
}

/**
 * The last answers to statements over what never changes, so that a view which several people look at, or which is asked
 * for again, is read once. Whoever asks while the first is still being read waits for it too. The least lately asked
 * goes first; answers that are large by themselves are not kept. Sizes are in characters, with the statements'.
 */
export class KeptAnswers {
  readonly #kept = new Map<string, Kept>()
  readonly #most: number
  readonly #largest: number
  #size = 0

  constructor({ most, largest }: { most: number; largest: number }) {
    this.#most = most
    this.#largest = largest
  }

  async get(statement: string, read: () => Promise<string>): Promise<string> {
    const known = this.#kept.get(statement)
    if (known) {
      this.#kept.delete(statement)
      this.#kept.set(statement, known)
      return known.answer
    }
    const reading = read()
    const kept: Kept = { answer: reading, size: 0 }
    this.#kept.set(statement, kept)
    try {
      const answer = await reading
      if (answer.length > this.#largest) this.#kept.delete(statement)
      else this.#grow(kept, answer.length + statement.length)
      return answer
    } catch (error) {
      this.#kept.delete(statement)
      throw error
    }
  }

  #grow(kept: Kept, size: number): void {
    kept.size = size
    this.#size += size
    for (const [statement, oldest] of this.#kept) {
      if (this.#size <= this.#most) return
      if (oldest.size === 0) continue
      this.#kept.delete(statement)
      this.#size -= oldest.size
    }
  }
}
