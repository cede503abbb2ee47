import type { IngestStatus, Stream } from '@/lib/contract/streams'

export type Tone = 'neutral' | 'info' | 'success' | 'danger' | 'warning'

export const STATUS_TONES: Record<IngestStatus, Tone> = {
  Pending: 'neutral',
  Loading: 'info',
  Available: 'success',
  Invalid: 'danger',
}

export const STATUS_WORDS: Record<IngestStatus, string> = {
  Pending: 'Waiting for the first record',
  Loading: 'Records arrived; costs are being split again',
  Available: 'Every record is in, and every split by it is computed',
  Invalid: 'A filter names something that does not exist',
}

export interface StatusStep {
  name: 'Pending' | 'Loading' | 'Available'
  state: 'done' | 'current' | 'ahead'
}

/** The way of a stream, as the stepper draws it; Invalid stands at Loading, where it waits to recover. */
export function statusSteps(status: IngestStatus): StatusStep[] {
  const names = ['Pending', 'Loading', 'Available'] as const
  const at = status === 'Invalid' ? 1 : names.indexOf(status)
  return names.map((name, index) => ({
    name,
    state: index < at || status === 'Available' ? 'done' : index === at ? 'current' : 'ahead',
  }))
}

/** Milliseconds until a list of streams is asked for again: often while one is on its way. */
export function streamRefetchInterval(streams: readonly Pick<Stream, 'status'>[] | undefined): number {
  return streams?.some((stream) => stream.status !== 'Available') ? 2000 : 15_000
}
