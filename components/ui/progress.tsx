import { cn } from './cn'

/** A bar from 0 to 100 that names what progresses. */
export function Progress({ label, percent, className }: { label: string; percent: number; className?: string }) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      className={cn('h-1.5 overflow-hidden rounded-full bg-muted', className)}
    >
      <div
        className="h-full rounded-full bg-accent-solid transition-[width] duration-300"
        style={{ width: `${percent}%` }}
      />
    </div>
  )
}
