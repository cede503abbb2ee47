/** Runs once when the server starts, before it answers. The condition keeps Node's modules out of the edge bundle. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { runServices } = await import('./lib/lifecycle')
    await runServices()
  }
}
