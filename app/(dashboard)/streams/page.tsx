import type { Metadata } from 'next'
import { StreamsScreen } from '@/components/streams/streams-screen'

export const metadata: Metadata = { title: 'Streams' }

export default function Page() {
  return <StreamsScreen />
}
