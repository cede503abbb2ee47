import type { Metadata } from 'next'
import { ExplorerScreen } from '@/components/explorer/explorer-screen'

export const metadata: Metadata = { title: 'Explorer' }

export default function Page() {
  return <ExplorerScreen />
}
