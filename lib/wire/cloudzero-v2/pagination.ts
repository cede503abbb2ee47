import type { z } from 'zod'
import type { Pagination } from '../../contract/cloudzero-v2'

/** Where a page lies, and what the cursors to its neighbours are: `cursorAt` gives one from an offset. */
export function paginate({
  offset,
  limit,
  items,
  total,
  cursorAt,
}: {
  offset: number
  limit: number
  items: number
  total: number
  cursorAt: (offset: number) => string
}): Pagination {
  const next = offset + items < total ? cursorAt(offset + items) : null
  const previous = offset > 0 ? cursorAt(Math.max(0, offset - limit)) : null
  return {
    page_count: Math.ceil(total / limit),
    item_count: items,
    total_count: total,
    cursor: {
      next_cursor: next,
      previous_cursor: previous,
      has_next: next !== null,
      has_previous: previous !== null,
    },
  }
}

/** A cursor is JSON of our own in base64url: opaque to whoever holds it, and nothing in it is secret or trusted. */
export function encodeCursor(content: unknown): string {
  return Buffer.from(JSON.stringify(content)).toString('base64url')
}

/** null: not a cursor of this shape. */
export function decodeCursor<T extends z.ZodType>({ text, schema }: { text: string; schema: T }): z.infer<T> | null {
  try {
    const result = schema.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
    return result.success ? result.data : null
  } catch {
    return null
  }
}
