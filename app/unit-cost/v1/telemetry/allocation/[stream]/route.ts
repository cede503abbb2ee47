import { cloudZeroTelemetryRoute } from '@/lib/http/cloudzero-route'

/** The deprecated path: the same as /sum. */
export const POST = cloudZeroTelemetryRoute('sum')
