// npm test: types, lint, unit and integration tests on the embedded engines, and end-to-end in a real Chromium.
// With `npm test -- quick`: all but the last.
import { prepare, run } from './prepare.mjs'

prepare()
const node = process.execPath
const quick = process.argv.includes('quick')
const step = (name) => console.log(`\n── ${name} ${'─'.repeat(Math.max(0, 70 - name.length))}`)

step('types')
run(node, ['node_modules/next/dist/bin/next', 'typegen'], { NEXT_TELEMETRY_DISABLED: '1' })
run(node, ['node_modules/typescript/bin/tsc', '--noEmit'])
step('lint')
run(node, ['node_modules/@biomejs/biome/bin/biome', 'check', '.'])
step('unit and integration')
run(node, ['node_modules/vitest/vitest.mjs', 'run'])
if (!quick) {
  const { ensureChromium } = await import('./chromium.mjs')
  const chromium = ensureChromium()
  step('build')
  const { build } = await import('./build.mjs')
  build()
  step('end to end')
  run(node, ['node_modules/@playwright/test/cli.js', 'test', '--config', 'e2e/playwright.config.ts'], {
    CHROMIUM_PATH: chromium,
  })
}
