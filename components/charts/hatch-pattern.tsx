/** Unallocated cost has a pattern, so that it is told apart without colour. */
export function HatchPattern({ id }: { id: string }) {
  return (
    <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="6" height="6" fill="var(--hatch-ground)" />
      <rect width="2" height="6" fill="var(--hatch)" />
    </pattern>
  )
}
