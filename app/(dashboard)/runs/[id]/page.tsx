import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { RunScreen } from '@/components/runs/run-screen'

interface Props {
  params: Promise<{ id: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Run ${(await params).id}` }
}

export default async function Page({ params }: Props) {
  const id = Number((await params).id)
  if (!Number.isSafeInteger(id) || id < 1) notFound()
  return <RunScreen id={id} />
}
