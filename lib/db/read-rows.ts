import pg from 'pg'
import type { z } from 'zod'
import { database } from './client'

/** A text as it stands in a statement. */
export const literal = (text: string): string => pg.escapeLiteral(text)

/**
 * Rows of a SELECT without values, for what every request asks: PostgreSQL's simple protocol takes PGlite a third of the
 * time of a prepared statement. Texts go through `literal`; times are selected as numbers or text.
 */
export async function readRows<T extends z.ZodType>({
  sql,
  schema,
}: {
  sql: string
  schema: T
}): Promise<z.infer<T>[]> {
  const { executeSql } = await database()
  return (await executeSql(sql)).rows.map((row) => schema.parse(row))
}
