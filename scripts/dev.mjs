// npm run dev: the same set-up, then Next's development server.
import { prepare, run } from './prepare.mjs'

prepare()
run(process.execPath, ['node_modules/next/dist/bin/next', 'dev', '-p', process.env.PORT ?? '3000'], {
  NEXT_TELEMETRY_DISABLED: '1',
})
