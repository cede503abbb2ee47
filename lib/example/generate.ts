import { spawn } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'

/**
 * Runs `scripts/generate-bill` in a process of its own, because it opens an engine; it stands back behind this one.
 * Rejects with what it wrote last.
 */
export async function generateBill(args: readonly string[]): Promise<void> {
  const script = join(/* turbopackIgnore: true */ process.cwd(), 'scripts', 'generate-bill.mjs')
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL)
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2000)
  })
  const end = () => child.kill()
  process.once('exit', end)
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', resolve)
    })
    if (code !== 0) throw new Error(`the bill was not generated (${code}): ${said.trim()}`)
  } finally {
    process.off('exit', end)
  }
}
