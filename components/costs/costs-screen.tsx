'use client'
import { PageHeader } from '@/components/layout/page-header'
import { CostTotals } from './cost-totals'
import { ImportsCard } from './imports-card'
import { UploadCard } from './upload-card'

export function CostsScreen() {
  return (
    <>
      <PageHeader title="Costs" description="The bills that were loaded, and what they add up to." />
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <UploadCard />
        <ImportsCard />
      </div>
      <CostTotals />
    </>
  )
}
