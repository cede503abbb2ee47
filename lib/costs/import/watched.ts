/** How often a long statement's import tells how far it is. */
const LOOK_MILLISECONDS = 1000

/** Waits for a long statement, and looks every now and then. What `look` throws ends the wait. */
export async function watched<T>({ work, look }: { work: Promise<T>; look: () => Promise<void> }): Promise<T> {
  let isDone = false
  const looking = (async (): Promise<never> => {
    while (!isDone) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MILLISECONDS).unref())
      if (!isDone) await look()
    }
    return new Promise<never>(() => undefined)
  })()
  try {
    return await Promise.race([work, looking])
  } finally {
    isDone = true
    // Whichever loses is nobody's any more.
    work.catch(() => undefined)
    looking.catch(() => undefined)
  }
}
