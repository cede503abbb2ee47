import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { OPERATIONS } from '../contract/operations'
import { openApiDocument } from './openapi'

function routeFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return routeFiles(path)
    return entry.name === 'route.ts' ? [path] : []
  })
}

/** Routes that are the browser's own, or better-auth's. */
const PRIVATE = [
  '/api/auth/{...all}',
  '/api/v1/setup',
  '/api/v1/openapi.json',
  '/api/v1/{...rest}',
  '/unit-cost/{...rest}',
  '/v2/{...rest}',
]

function writtenRoutes(): string[] {
  return routeFiles('app').flatMap((file) => {
    const path = `/${file.slice('app/'.length, -'/route.ts'.length)}`.replaceAll(/\[([^\]]+)\]/g, '{$1}')
    if (PRIVATE.includes(path)) return []
    const methods = [...readFileSync(file, 'utf8').matchAll(/export const (GET|POST|PUT|DELETE|PATCH)\b/g)].map(
      (match) => String(match[1]),
    )
    return methods.map((method) => `${method.toLowerCase()} ${path}`)
  })
}

describe('the OpenAPI document', () => {
  it('names every route there is, and no other', () => {
    expect(OPERATIONS.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(writtenRoutes().sort())
  })

  it('is generated without a dangling reference', () => {
    const document = openApiDocument()
    const known = new Set(Object.keys(document.components?.schemas ?? {}))
    const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
      (match) => match[1],
    )
    expect(references.length).toBeGreaterThan(10)
    expect(references.filter((name) => !known.has(String(name)))).toEqual([])
  })
})
