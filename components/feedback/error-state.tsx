import { RotateCw } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { ErrorNote } from './error-note'

/** In place of what could not be loaded. */
export function ErrorState({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return (
    <div className="grid justify-items-start gap-3 p-4 sm:p-5">
      <ErrorNote error={error} />
      <Button onClick={onRetry}>
        <RotateCw aria-hidden /> Try again
      </Button>
    </div>
  )
}
