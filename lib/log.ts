import pino from 'pino'
import { env } from './env'

/** Lines of JSON on standard output. Keys and passwords never get here. */
export const log = pino({ level: env().LOG_LEVEL, base: null })
