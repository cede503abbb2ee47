export type FormatName = 'focus' | 'cur' | 'cur2' | 'cbf' | 'mapping'

/** A column of a file, as the engine reads it. */
export interface FileColumn {
  /** Header text as it stands. */
  name: string
  /** An expression in the file's relation that gives the cell: `c17`, or a quoted name. */
  sql: string
  /** ClickHouse type: String in CSV; in Parquet whatever the engine says. */
  type: string
}

/** A column of cost_lines and the expression that fills it. */
export interface LineColumn {
  column: string
  sql: string
}

/** How records of a file become cost lines. No expression throws, whatever a record holds. */
export interface LinePlan {
  format: FormatName
  /** FOCUS: the lowest version whose columns explain the header. */
  version: string | null
  columns: LineColumn[]
  /** UInt8, cheap: true for every record with a fault, and maybe for a few more. '0' if nothing can fail. */
  suspicious: string
  /** Array(Tuple(column String, value String, reason String)): empty for a record that is right. */
  faults: string
  /** For the one who imports: metrics that the file lacks, columns that are kept under another name. */
  warnings: string[]
}

/** What can be wrong with a cell. */
export interface Check {
  /** As the file's header names it. */
  column: string
  /** String SQL: what the report shows. */
  value: string
  /** UInt8 SQL, cheap: true wherever `reason` is not ''; maybe elsewhere too. */
  suspicious: string
  /** String SQL: '' for a cell that is right. */
  reason: string
}

/** A value of a cost line: its SQL, and what can be wrong with the cells it is made of. */
export interface Value {
  sql: string
  checks: Check[]
}
