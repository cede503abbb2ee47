import type { Metadata } from 'next'
import { CostsScreen } from '@/components/costs/costs-screen'

export const metadata: Metadata = { title: 'Bills' }

export default function Page() {
  return <CostsScreen />
}
