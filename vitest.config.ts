import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') } },
  test: {
    // chDB and PGlite allow one opener per process and directory: every file gets a process of its own.
    pool: 'forks',
    maxWorkers: 2,
    // A time zone that would show any use of the local one.
    env: { TZ: 'Pacific/Chatham', LOG_LEVEL: 'error' },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    include: ['lib/**/*.test.ts', 'lib/**/*.test.tsx', 'components/**/*.test.ts', 'scripts/**/*.test.ts'],
    globalSetup: ['lib/testing/global-setup.ts'],
  },
})
