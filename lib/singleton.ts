/**
 * One value per process, whatever bundle asks: Next builds routes and instrumentation apart, and the embedded
 * engines allow one opener per directory. A failed opening is forgotten, so that the next caller tries again.
 */
export function processSingleton<T>(name: string, open: () => Promise<T>): () => Promise<T> {
  const key = Symbol.for(`apportion.${name}`)
  const store = globalThis as unknown as Record<symbol, Promise<T> | undefined>
  return () => {
    const existing = store[key]
    if (existing) return existing
    const opening = open()
    store[key] = opening
    opening.catch(() => {
      if (store[key] === opening) store[key] = undefined
    })
    return opening
  }
}

/** The value if someone has opened it. */
export function openedSingleton<T>(name: string): Promise<T> | undefined {
  const store = globalThis as unknown as Record<symbol, Promise<T> | undefined>
  return store[Symbol.for(`apportion.${name}`)]
}

export function forgetSingleton(name: string): void {
  const store = globalThis as unknown as Record<symbol, unknown>
  store[Symbol.for(`apportion.${name}`)] = undefined
}
