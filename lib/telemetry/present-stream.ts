import type { IngestStatus, Stream } from '../contract/streams'
import { streamGranularity } from '../contract/streams'
import type { StreamModel } from '../db/generated/models'

export interface StreamFacts {
  records: number
  elements: number
  firstBucket: Date | null
  lastBucket: Date | null
  usedBy: string[]
  /** Why the stream's filters cannot claim any cost; null when they can. */
  invalid: string | null
}

/** Pending → Loading → Available; Invalid while a filter names what is missing (DESIGN §1). */
export function ingestStatus(
  stream: Pick<StreamModel, 'lastSeq' | 'loadingSeq' | 'availableSeq'>,
  invalid: string | null,
): { status: IngestStatus; reason: string } {
  if (stream.lastSeq === 0) return { status: 'Pending', reason: 'No telemetry has been received yet.' }
  const waiting = stream.lastSeq - stream.availableSeq
  if (waiting > 0 && stream.loadingSeq <= stream.availableSeq) {
    return { status: 'Pending', reason: `${waiting} ${waiting === 1 ? 'batch waits' : 'batches wait'} to be loaded.` }
  }
  if (waiting > 0)
    return { status: 'Loading', reason: 'Telemetry is being loaded, and allocations are being computed.' }
  if (invalid) return { status: 'Invalid', reason: invalid }
  return { status: 'Available', reason: 'All telemetry is loaded, and every allocation that uses it is computed.' }
}

export function presentStream(stream: StreamModel, facts: StreamFacts): Stream {
  const { status, reason } = ingestStatus(stream, facts.invalid)
  return {
    name: stream.name,
    kind: stream.kind,
    granularity: stream.granularity === null ? null : streamGranularity.parse(stream.granularity),
    filter_keys: stream.filterKeys,
    status,
    status_reason: reason,
    records: facts.records,
    elements: facts.elements,
    first_bucket: facts.firstBucket?.toISOString() ?? null,
    last_bucket: facts.lastBucket?.toISOString() ?? null,
    last_received_at: stream.lastReceivedAt?.toISOString() ?? null,
    used_by: facts.usedBy,
  }
}
