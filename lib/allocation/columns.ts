import { compileDimension } from '../costformation/compile'
import { directSources } from '../costformation/graph'
import { type FilterKey, type LineSource, type Source, sourceSql } from '../costformation/source'
import type { Definition, Dimension } from '../costformation/tree'

const BILLING_MONTH = 'sm'

/** Names the columns of a relation: `s0, s1, …` what is read off a line, `d0, d1, …` a dimension's element. */
export class ColumnNames {
  readonly #sources = new Map<string, { name: string; source: LineSource }>()
  readonly #dimensions: Map<string, { name: string; dimension: Dimension }>
  readonly #byDisplayName: Map<string, Dimension>
  #readsBillingMonth = false

  constructor(definition: Definition) {
    const enabled = definition.dimensions.filter((dimension) => !dimension.disabled)
    this.#dimensions = new Map(
      definition.dimensions.map((dimension, index) => [dimension.id, { name: `d${index}`, dimension }]),
    )
    this.#byDisplayName = new Map(enabled.map((dimension) => [dimension.name, dimension]))
  }

  /** The column of a source, noted as one that the relation has to read. */
  source(source: Source): string {
    if (source.kind === 'dimension') return this.dimension(source.id)
    const key = JSON.stringify(source)
    const known = this.#sources.get(key)
    if (known) return known.name
    const name = `s${this.#sources.size}`
    this.#sources.set(key, { name, source })
    return name
  }

  /** The column with the month of the line's bill. */
  billingMonth(): string {
    this.#readsBillingMonth = true
    return BILLING_MONTH
  }

  dimension(id: string): string {
    const known = this.#dimensions.get(id)
    return known && !known.dimension.disabled ? known.name : "''"
  }

  /** The column of a filter key; a dimension that does not exist has no value on any line. */
  key(key: FilterKey): string {
    if (key.kind !== 'dimensionName') return this.source(key)
    const dimension = this.#byDisplayName.get(key.name)
    return dimension ? this.dimension(dimension.id) : "''"
  }

  /** The dimension that a filter key names, if it does and there is one. */
  dimensionOf(key: FilterKey): string | null {
    return key.kind === 'dimensionName' ? (this.#byDisplayName.get(key.name)?.id ?? null) : null
  }

  /** Whether all sources noted so far pass. */
  areAll(test: (source: LineSource) => boolean): boolean {
    return [...this.#sources.values()].every(({ source }) => test(source))
  }

  /** Every source noted so far, as expressions over cost_lines. */
  sourceExpressions(): { name: string; sql: string }[] {
    const month = this.#readsBillingMonth ? [{ name: BILLING_MONTH, sql: 'toString(BillingMonth)' }] : []
    const sources = [...this.#sources.values()].map(({ name, source }) => ({
      name,
      sql: sourceSql(source, { dimensionColumn: (id) => this.dimension(id) }),
    }))
    return [...month, ...sources]
  }

  /** A Grouping dimension's rules over these columns. */
  rules(dimension: Dimension): string {
    if (dimension.type !== 'Grouping') throw new Error(`dimension ${dimension.id} has no rules`)
    return compileDimension({ dimension, column: (source) => this.source(source) })
  }

  /** The columns that a dimension's rules read. */
  usedBy(dimension: Dimension): string[] {
    return directSources(dimension).map((source) => this.source(source))
  }

  /** The dimensions that a dimension's rules read. */
  dimensionsUsedBy(dimension: Dimension): string[] {
    return directSources(dimension).flatMap((source) => (source.kind === 'dimension' ? [source.id] : []))
  }
}
