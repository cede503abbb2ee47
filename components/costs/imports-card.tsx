'use client'
import { FileUp } from 'lucide-react'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { Card } from '@/components/ui/card'
import { SkeletonRows } from '@/components/ui/skeleton'
import { useCostImports } from '@/lib/client/cost-imports'
import { ImportItem } from './import-item'

export function ImportsCard() {
  const { data, error, refetch } = useCostImports()
  return (
    <Card title="Imports" flush>
      {data ? (
        data.imports.length > 0 ? (
          <ul className="max-h-168 divide-y overflow-y-auto border-t">
            {data.imports.map((item) => (
              <ImportItem key={item.id} item={item} imports={data.imports} />
            ))}
          </ul>
        ) : (
          <EmptyState icon={FileUp} title="No imports yet">
            Each upload is listed here with its progress, its months, and every row that it could not take.
          </EmptyState>
        )
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <SkeletonRows label="Loading the imports" rows={3} />
      )}
    </Card>
  )
}
