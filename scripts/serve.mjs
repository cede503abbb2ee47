// Serves the built pages in this process: whoever ends it ends the engines with it, and uploads may take their time.
import { createServer } from 'node:http'
import next from 'next'

export async function serve() {
  process.env.NODE_ENV = 'production'
  process.env.NEXT_TELEMETRY_DISABLED = '1'
  const port = Number(process.env.PORT ?? 3000)
  const hostname = process.env.HOST
  const app = next({ dev: false, dir: process.cwd(), port, hostname: hostname ?? 'localhost' })
  const server = createServer(app.getRequestHandler())
  // Node's default would end an upload after five minutes.
  server.requestTimeout = 0
  server.on('error', (error) => {
    console.error(error.code === 'EADDRINUSE' ? `Port ${port} is in use. Choose another: PORT=3001 npm start` : error)
    process.exit(1)
  })
  await app.prepare()
  server.listen(port, hostname, () => console.log(`\n  Apportion is ready on http://localhost:${port}\n`))
}
