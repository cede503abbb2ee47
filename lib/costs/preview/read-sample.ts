import { type RecordChunk, readRecordChunks, splitRecords } from '../import/csv-records'
import { readHeader } from '../import/load-csv'
import { readCarefully } from '../import/read-carefully'
import type { Rejection } from '../import/rejections'

export interface SampleRecords {
  delimiter: string
  header: string[]
  /** Records that have a cell for each column. */
  records: { line: number; cells: string[] }[]
  /** Those that have not, or are no CSV. */
  rejected: Rejection[]
}

/** So many records are looked at. */
const MOST_RECORDS = 500

/** The first records of a chunk, byte for byte; without the last one, which may be cut, where more follows. */
function firstRecords({ chunk, whole }: { chunk: RecordChunk; whole: boolean }): RecordChunk {
  const records = splitRecords(chunk)
  const kept = records.slice(0, Math.min(MOST_RECORDS, whole ? records.length : records.length - 1))
  const last = kept.at(-1)?.data
  const end = last ? last.byteOffset - chunk.data.byteOffset + last.length : 0
  return { ...chunk, data: chunk.data.subarray(0, end), records: kept.length }
}

/** The whole records of a CSV's beginning. Throws an AppError for what is no CSV. */
export async function readSample({ text, whole }: { text: string; whole: boolean }): Promise<SampleRecords | null> {
  async function* bytes() {
    yield Buffer.from(text)
  }
  let sample: SampleRecords | null = null
  for await (const chunk of readRecordChunks({ stream: bytes(), size: Number.POSITIVE_INFINITY })) {
    if (!sample) {
      sample = { delimiter: chunk.delimiter, header: readHeader(chunk), records: [], rejected: [] }
      continue
    }
    const { json, lines, rejected } = readCarefully({
      chunk: firstRecords({ chunk, whole }),
      width: sample.header.length,
    })
    const rows = json.split('\n').filter((row) => row !== '')
    sample.records = rows.map((row, index) => ({ line: lines[index] ?? 0, cells: JSON.parse(row) as string[] }))
    sample.rejected = rejected
  }
  return sample
}
