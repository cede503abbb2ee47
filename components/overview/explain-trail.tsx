import { ArrowLeft, ChevronRight } from 'lucide-react'
import { Button } from '@/components/ui/button'

/** The steps that were followed, each a way back. */
export function ExplainTrail({ levels, onBack }: { levels: readonly string[]; onBack: (level: number) => void }) {
  const last = levels.length - 1
  if (last < 1) return null
  return (
    <nav aria-label="Steps of the chain" className="mb-4 flex flex-wrap items-center gap-x-2 gap-y-1">
      <Button size="sm" onClick={() => onBack(last - 1)}>
        <ArrowLeft aria-hidden /> Back
      </Button>
      <ol className="flex min-w-0 flex-wrap items-center gap-x-1 text-[13px]">
        {levels.map((title, level) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a level is its place in the trail
          <li key={level} className="inline-flex min-w-0 items-center gap-1">
            {level === last ? (
              <span aria-current="step" className="px-1 py-0.5 font-medium break-words">
                {title}
              </span>
            ) : (
              <>
                <button
                  type="button"
                  onClick={() => onBack(level)}
                  className="rounded-md px-1 py-0.5 text-left break-words text-accent-strong hover:bg-muted"
                >
                  {title}
                </button>
                <ChevronRight className="size-3.5 shrink-0 text-subtle" aria-hidden />
              </>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}
