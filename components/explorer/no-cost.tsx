/** A gap, not a zero. */
export function NoCost() {
  return (
    <span className="text-subtle" title="No such cost">
      –
    </span>
  )
}
