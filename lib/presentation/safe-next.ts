/** Where to go after sign-in: a path of this site, never another origin. */
export function safeNext(next: string | null | undefined): string {
  if (!next) return '/'
  try {
    const base = 'http://same.invalid'
    const url = new URL(next, base)
    return next.startsWith('/') && url.origin === base ? `${url.pathname}${url.search}${url.hash}` : '/'
  } catch {
    return '/'
  }
}
