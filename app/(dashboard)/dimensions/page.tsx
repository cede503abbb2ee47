import type { Metadata } from 'next'
import { DimensionsScreen } from '@/components/dimensions/dimensions-screen'

export const metadata: Metadata = { title: 'Dimensions' }

export default function Page() {
  return <DimensionsScreen />
}
