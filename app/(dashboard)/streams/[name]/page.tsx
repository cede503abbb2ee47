import type { Metadata } from 'next'
import { StreamScreen } from '@/components/stream/stream-screen'

interface Props {
  params: Promise<{ name: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) }
}

export default async function Page({ params }: Props) {
  return <StreamScreen name={decodeURIComponent((await params).name)} />
}
