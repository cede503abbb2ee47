/** `2024-09-01` is midnight UTC; a time without an offset is UTC too. */
export function instant(text: string): Date {
  if (text.length === 10) return new Date(`${text}T00:00:00Z`)
  const time = text.replace(' ', 'T')
  return new Date(/(Z|[-+]\d{2}:?\d{2})$/.test(time) ? time : `${time}Z`)
}
