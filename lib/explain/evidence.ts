/** What is known of the values that a cell was split by. */
export interface Evidence<Row> {
  /** At most as many as are shown: the element's own first, then the largest. */
  rows: Row[]
  count: number
  /** Of all, in units of 10^-18. */
  sum: bigint
  /** Of those shown. */
  shown: bigint
  /** Of the element. */
  own: bigint
  /** Whether `sum` holds every element's values, and not only the element's own. */
  isWhole: boolean
  /** Where only the last bucket with values counts: its start. */
  bucket: Date | null
}

export const NOTHING = { rows: [], count: 0, sum: 0n, shown: 0n, own: 0n, isWhole: true, bucket: null }

/** Rows shown of a cell. */
export const SHOWN_VALUES = 10
