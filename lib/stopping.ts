const KEY = Symbol.for('apportion.stopping')
const state = globalThis as { [KEY]?: boolean }

/** Thrown by long work that gives way; the next process does it again. */
export class Stopping extends Error {
  constructor() {
    super('the server stops')
  }
}

/** From here on long work ends at its next step. */
export function beginStopping(): void {
  state[KEY] = true
}

export const isStopping = (): boolean => state[KEY] === true

export function throwIfStopping(): void {
  if (isStopping()) throw new Stopping()
}
