'use client'
import { PageHeader } from '@/components/layout/page-header'
import { CostTotals } from './cost-totals'
import { ImportsCard } from './imports-card'
import { ProfilesCard } from './profiles-card'
import { UploadCard } from './upload-card'

export function CostsScreen() {
  return (
    <>
      <PageHeader title="Bills" description="The bills that were loaded, and what they add up to." />
      <div className="grid items-start gap-5 xl:not-has-[.takes-all]:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <UploadCard />
        <div className="grid min-w-0 gap-5">
          <ImportsCard />
          <ProfilesCard />
        </div>
      </div>
      <CostTotals />
    </>
  )
}
