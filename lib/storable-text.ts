/** What stands in a text that cannot be kept as it is, or null: PostgreSQL refuses NUL, and UTF-8 has no half of a surrogate pair. */
export function unstorableIn(text: string): 'NUL' | 'an unpaired surrogate' | null {
  if (text.includes('\0')) return 'NUL'
  return /\p{Surrogate}/u.test(text) ? 'an unpaired surrogate' : null
}
