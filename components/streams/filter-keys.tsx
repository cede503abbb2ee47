export function FilterKeys({ keys }: { keys: readonly string[] }) {
  if (keys.length === 0) return <span className="text-soft">none: all cost</span>
  return (
    <ul className="flex flex-wrap gap-1">
      {keys.map((key) => (
        <li key={key} className="rounded-md border bg-muted px-1.5 py-0.5 font-mono text-xs whitespace-nowrap">
          {key}
        </li>
      ))}
    </ul>
  )
}
