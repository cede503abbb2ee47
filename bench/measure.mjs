// What every part of the bench measures and reports with.

export const percentile = (values, share) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.ceil(values.length * share) - 1)]

export async function timed(work) {
  const started = performance.now()
  await work()
  return performance.now() - started
}

/** Milliseconds of each of `times` runs, after one that warms up. */
export async function repeated(times, work) {
  await work()
  const results = []
  for (let index = 0; index < times; index++) results.push(await timed(work))
  return results
}

const spin = () => {
  let sum = 0
  for (let index = 0; index < 50_000_000; index++) sum = (sum + index * 7) % 1_000_003
  return sum
}

/** How unquiet the machine is: the slowest of some equal loops against the fastest. 1 is a quiet machine. */
export async function noise() {
  const times = await repeated(12, async () => spin())
  return Math.max(...times) / Math.min(...times)
}

export class Report {
  results = []

  /** `most`: the ratio to the baseline, or the value, that the product promises. */
  add({ what, value, unit, baseline, baselineValue, mostRatio, most }) {
    const ratio = baselineValue ? value / baselineValue : null
    const isMet =
      mostRatio === undefined && most === undefined
        ? null
        : (mostRatio === undefined || ratio <= mostRatio) && (most === undefined || value <= most)
    this.results.push({ what, value, unit, baseline, baselineValue, ratio, mostRatio, most, isMet })
    const beside = baseline ? `${baseline} ${baselineValue.toFixed(1)} (× ${ratio.toFixed(2)})` : ''
    const goal = [mostRatio && `≤ × ${mostRatio}`, most && `≤ ${most} ${unit}`].filter(Boolean).join(', ')
    const verdict = isMet === null ? '' : isMet ? `met: ${goal}` : `MISSED: ${goal}`
    console.log(
      `${what.padEnd(62)} ${value.toFixed(1).padStart(10)} ${unit.padEnd(10)} ${beside.padEnd(34)} ${verdict}`.trimEnd(),
    )
  }
}
