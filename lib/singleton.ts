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

/**
 * Closes the value if someone has opened it. Until it is closed whoever runs on may use it; afterwards asking for it is
 * an error, so that work which a stop cuts short does not open a second one on the same directory.
 */
export async function closeSingleton<T>(name: string, close: (value: T) => Promise<void>): Promise<void> {
  const store = globalThis as unknown as Record<symbol, Promise<T> | undefined>
  const key = Symbol.for(`apportion.${name}`)
  const opened = await store[key]?.catch(() => undefined)
  if (opened) await close(opened)
  const closed = Promise.reject<T>(new Error(`the ${name} is closed: this process is stopping`))
  closed.catch(() => undefined)
  store[key] = closed
}
