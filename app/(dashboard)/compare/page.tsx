import type { Metadata } from 'next'
import { CompareScreen } from '@/components/what-if/compare-screen'

export const metadata: Metadata = { title: 'Compare methods' }

export default function Page() {
  return <CompareScreen />
}
