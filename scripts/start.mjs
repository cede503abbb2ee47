// npm start: install and build where needed, migrate, serve.
import { prepare } from './prepare.mjs'

prepare()
const { build } = await import('./build.mjs')
build()
const { serve } = await import('./serve.mjs')
await serve()
