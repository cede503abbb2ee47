// Serves the built pages in this process: whoever ends it ends the engines with it, and uploads may take their time.
import { createServer } from 'node:http'
import { constants } from 'node:zlib'
import compression from 'compression'
import next from 'next'

export async function serve() {
  process.env.NODE_ENV = 'production'
  process.env.NEXT_TELEMETRY_DISABLED = '1'
  const port = Number(process.env.PORT ?? 3000)
  const hostname = process.env.HOST
  const app = next({ dev: false, dir: process.cwd(), port, hostname: hostname ?? 'localhost' })
  const answer = app.getRequestHandler()
  // Reports are made anew each time: the first level takes two fifths of what Next's own takes, for a tenth more bytes.
  // A browser on this machine waits for the packing longer than for the bytes, unless a proxy passes them on.
  const isNear = ({ socket }) => !process.env.PUBLIC_URL && /^(::1|(::ffff:)?127\.)/.test(socket.remoteAddress ?? '')
  const compress = compression({
    filter: (request, response) => !isNear(request) && compression.filter(request, response),
    level: constants.Z_BEST_SPEED,
    brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MIN_QUALITY + 1 } },
  })
  const server = createServer((request, response) => {
    // Sign-in attempts are counted by address: only a known proxy may say whose request it passes on.
    if (!process.env.PUBLIC_URL) request.headers['x-forwarded-for'] = request.socket.remoteAddress ?? ''
    compress(request, response, () => answer(request, response))
  })
  // Node's default would end an upload after five minutes.
  server.requestTimeout = 0
  // Longer than what load balancers and senders keep an idle connection for: the one who opened it closes it.
  server.keepAliveTimeout = 75_000
  server.on('error', (error) => {
    console.error(error.code === 'EADDRINUSE' ? `Port ${port} is in use. Choose another: PORT=3001 npm start` : error)
    process.exit(1)
  })
  await app.prepare()
  await new Promise((resolve) => server.listen(port, hostname, resolve))
  // Next runs instrumentation without waiting for it; the health check opens the engines, and so the workers, now.
  const health = await fetch(`http://${hostname ?? 'localhost'}:${port}/api/v1/health`)
  if (!health.ok) console.error(`Not all is well: ${await health.text()}`)
  console.log(`\n  Apportion is ready on http://localhost:${port}\n`)
}
