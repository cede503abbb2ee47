/** A definition version as V2 shows it: its number as text, its time in seconds since 1970. */
export function presentVersion({ version, author, createdAt }: { version: number; author: string; createdAt: Date }) {
  return {
    version: String(version),
    last_updated: (createdAt.getTime() / 1000).toFixed(3),
    last_updated_by: author,
  }
}
export type V2Version = ReturnType<typeof presentVersion>
