/** @type {import('next').NextConfig} */
const config = {
  // Native and WASM engines load their own files, and better left outside the bundle.
  serverExternalPackages: [
    'chdb',
    '@clickhouse/client',
    '@electric-sql/pglite',
    'pglite-prisma-adapter',
    'pg-boss',
    'pg',
    'pino',
  ],
  // Agents post to paths with a trailing slash and follow no redirect.
  skipTrailingSlashRedirect: true,
  // `npm test` checks the types; a start need not.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  // scripts/serve.mjs compresses.
  compress: false,
  reactStrictMode: true,
  headers: async () => [
    {
      source: '/:path*',
      headers: [
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        { key: 'X-Frame-Options', value: 'DENY' },
        { key: 'Referrer-Policy', value: 'same-origin' },
      ],
    },
  ],
}

export default config
