/** Whether a caller asks for CSV: by name, or by preferring it to JSON. */
export function wantsCsv({ format, accept }: { format: 'json' | 'csv' | undefined; accept: string | null }): boolean {
  if (format !== undefined) return format === 'csv'
  const types = (accept ?? '').toLowerCase()
  return types.includes('text/csv') && !types.includes('application/json')
}

/** A download. `name` becomes a file's name: letters, digits and `_.-` stay. */
export function csv({ name, text }: { name: string; text: string }): Response {
  return new Response(text, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name.replaceAll(/[^\w.-]+/g, '-')}"`,
      'cache-control': 'no-store',
    },
  })
}
