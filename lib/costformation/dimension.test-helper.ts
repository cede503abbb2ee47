import { expect } from 'vitest'
import { linesSql, type TestEngine, type TestLine } from './chdb.test-helper'
import { compileDimension } from './compile'
import { dependencyOrder } from './graph'
import { parseDefinition } from './parse'
import { type Source, sourceSql } from './source'

import type { Definition } from './tree'

/** Reads a document that has no errors. */
export function readDefinition(yaml: string): Definition {
  const { definition, errors } = parseDefinition(yaml)
  if (definition === null) throw new Error(JSON.stringify(errors, null, 1))
  return definition
}

/** Every Grouping dimension by id, with the expressions of those it uses written into it. */
export function compileAll({
  definition,
  allocated = {},
}: {
  definition: Definition
  allocated?: Record<string, string>
}): Map<string, string> {
  const compiled = new Map(Object.entries(allocated))
  const column = (source: Source) => sourceSql(source, { dimensionColumn: (id) => compiled.get(id) ?? "''" })
  for (const id of dependencyOrder(definition)) {
    const dimension = definition.dimensions.find((candidate) => candidate.id === id)
    if (dimension?.type === 'Grouping') compiled.set(id, compileDimension({ dimension, column }))
  }
  return compiled
}

/** What an expression over cost lines gives for each of them; it must be a text. */
export async function elements({
  engine,
  sql,
  lines,
}: {
  engine: TestEngine
  sql: string
  lines: TestLine[]
}): Promise<string[]> {
  const rows = await engine.rows(`SELECT toTypeName(${sql}), ${sql} FROM ${linesSql(lines)} ORDER BY line`)
  expect(rows.map(([type]) => type)).toEqual(lines.map(() => 'String'))
  return rows.map(([, element]) => element ?? 'missing')
}

/** The elements that a dimension X, given by its properties, gives to lines. */
export async function elementsOfX({
  engine,
  x,
  lines,
}: {
  engine: TestEngine
  x: string
  lines: TestLine[]
}): Promise<string[]> {
  const definition = readDefinition(`Dimensions:\n  X: ${x}`)
  return elements({ engine, sql: compileAll({ definition }).get('X') ?? '', lines })
}
