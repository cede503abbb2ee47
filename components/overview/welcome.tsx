'use client'
import { FlaskConical, Upload } from 'lucide-react'
import Link from 'next/link'
import { useQueryStates } from 'nuqs'
import { ErrorNote } from '@/components/feedback/error-note'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { buttonClasses } from '@/components/ui/button-classes'
import { Card } from '@/components/ui/card'
import { useLoadExample } from '@/lib/client/workspace'
import type { WorkspaceState } from '@/lib/contract/workspace'
import { prepareChecklist } from '@/lib/presentation/checklist'
import { overviewParams } from '@/lib/presentation/search-params'
import { Checklist } from './checklist'

export function Welcome({ workspace }: { workspace: WorkspaceState }) {
  const steps = prepareChecklist(workspace)
  const done = steps.filter((step) => step.done).length
  const [, setParams] = useQueryStates(overviewParams)
  const example = useLoadExample()
  const load = () =>
    example.mutate(undefined, { onSuccess: ({ import_id }) => setParams({ example: import_id, metric: 'BilledCost' }) })
  return (
    <>
      <PageHeader
        title={done === 0 ? 'Welcome to Apportion' : 'Almost there'}
        description="See what every product, team or customer really costs: the shared part of your cloud bill, split by what caused it."
      />
      <div className="grid gap-5 md:grid-cols-2">
        <Card
          title="Look at an example"
          description="A real bill of September 2024, a shared database, and how much two products wrote to it. A made-up company’s 200,000 lines, with a hundred customers, follow while you look."
        >
          <Button variant="primary" size="lg" onClick={load} pending={example.isPending}>
            {!example.isPending && <FlaskConical aria-hidden />}
            Load the example
          </Button>
          <p className="mt-3 text-xs text-subtle">
            1,000 rows of the{' '}
            <a href="/example/ATTRIBUTION.txt" className="underline underline-offset-4 hover:text-fg">
              FOCUS sample data, CC BY 4.0
            </a>
          </p>
          {example.error && (
            <div className="mt-3">
              <ErrorNote error={example.error} />
            </div>
          )}
        </Card>
        <Card
          title="Use your own"
          description="Upload a FOCUS export, say what is shared, and send what it is split by."
        >
          <Link href="/costs?upload=1" className={buttonClasses({ size: 'lg' })}>
            <Upload aria-hidden />
            Start with my bill
          </Link>
        </Card>
      </div>
      <Card title="What a split needs" description={`${done} of ${steps.length} are there.`} flush>
        <Checklist steps={steps} />
      </Card>
    </>
  )
}
